using System.Text.Json.Serialization;
using Plimsoll.Candidates.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Answer<WebhookResponse>))]
internal sealed partial class CandidatesJson : JsonSerializerContext;
