using System.Text.Json.Serialization;
using Plimsoll.Candidates.Api;
using Plimsoll.Candidates.Images;
using Plimsoll.Candidates.Schedules.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(Answer<WebhookResponse>))]
[JsonSerializable(typeof(ImageContents))]
[JsonSerializable(typeof(Answer<JobResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<JobResponse>>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<JobRunResponse>>))]
[JsonSerializable(typeof(JobRequest))]
[JsonSerializable(typeof(Answer<WebhookUrlResponse>))]
[JsonSerializable(typeof(Answer<WebhookEntryResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<WebhookEntryResponse>>))]
[JsonSerializable(typeof(Answer<WebhookMessageResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<WebhookMessageResponse>>))]
internal sealed partial class CandidatesJson : JsonSerializerContext;
