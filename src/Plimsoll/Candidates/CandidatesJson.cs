using System.Text.Json.Serialization;
using Plimsoll.Candidates.Api;
using Plimsoll.Candidates.Images;
using Plimsoll.Candidates.Schedules.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Answer<WebhookResponse>))]
[JsonSerializable(typeof(ImageContents))]
[JsonSerializable(typeof(Answer<JobResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<JobResponse>>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<JobRunResponse>>))]
[JsonSerializable(typeof(JobRequest))]
internal sealed partial class CandidatesJson : JsonSerializerContext;
