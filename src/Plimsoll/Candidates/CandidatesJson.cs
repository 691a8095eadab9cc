using System.Text.Json.Serialization;
using Plimsoll.Candidates.Api;
using Plimsoll.Candidates.Images;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Answer<WebhookResponse>))]
[JsonSerializable(typeof(ImageContents))]
internal sealed partial class CandidatesJson : JsonSerializerContext;
