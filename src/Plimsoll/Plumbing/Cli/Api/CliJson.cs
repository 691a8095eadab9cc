using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>
/// What commands read of the API's answers. A field that is new to them is passed over, so that a command and a server of
/// different versions still understand each other.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(FieldErrors))]
[JsonSerializable(typeof(DeployOrder))]
[JsonSerializable(typeof(DeployVerdict))]
[JsonSerializable(typeof(PromoteOrder))]
[JsonSerializable(typeof(Explained))]
[JsonSerializable(typeof(NamedThing))]
[JsonSerializable(typeof(DeploymentStatus))]
[JsonSerializable(typeof(List<DeploymentStatus>))]
[JsonSerializable(typeof(DeploymentLine))]
[JsonSerializable(typeof(ProjectStatus))]
[JsonSerializable(typeof(List<ProjectStatus>))]
[JsonSerializable(typeof(ImportCount))]
[JsonSerializable(typeof(TokenOrder))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(List<TokenEntry>))]
[JsonSerializable(typeof(ServerHealth))]
[JsonSerializable(typeof(ServerSettings))]
[JsonSerializable(typeof(List<RegistryEntry>))]
[JsonSerializable(typeof(RegistryTest))]
internal sealed partial class CliJson : JsonSerializerContext;
