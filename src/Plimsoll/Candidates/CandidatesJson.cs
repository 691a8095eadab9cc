using System.Text.Json.Serialization;
using Plimsoll.Candidates.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(Answer<WebhookResponse>))]
[JsonSerializable(typeof(Answer<WebhookUrlResponse>))]
[JsonSerializable(typeof(Answer<WebhookEntryResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<WebhookEntryResponse>>))]
[JsonSerializable(typeof(Answer<WebhookMessageResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<WebhookMessageResponse>>))]
internal sealed partial class CandidatesJson : JsonSerializerContext;
