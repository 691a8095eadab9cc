using System.Text.Json.Serialization;
using Plimsoll.Apps.Api;
using Plimsoll.Apps.Policies;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(HealthProof))]
[JsonSerializable(typeof(Policy))]
[JsonSerializable(typeof(ContainerPolicy))]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(StageRequest))]
[JsonSerializable(typeof(RegistryRequest))]
[JsonSerializable(typeof(SettingsBody))]
[JsonSerializable(typeof(Answer<AnswerErrors>))]
[JsonSerializable(typeof(Answer<Nothing>))]
[JsonSerializable(typeof(Answer<ProjectResponse>))]
[JsonSerializable(typeof(Answer<StageResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<RegistryResponse>>))]
[JsonSerializable(typeof(Answer<RegistryResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<RegistryTypeResponse>>))]
[JsonSerializable(typeof(Answer<ConnectionResponse>))]
[JsonSerializable(typeof(Answer<TagsResponse>))]
[JsonSerializable(typeof(Answer<SettingsBody>))]
[JsonSerializable(typeof(Answer<ImportResponse>))]
[JsonSerializable(typeof(Answer<PolicyPreviewResponse>))]
internal sealed partial class AppsJson : JsonSerializerContext;
