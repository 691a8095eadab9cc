using System.Text.Json.Serialization;
using Plimsoll.Decisions.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Decisions;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<RuleFinding>))]
[JsonSerializable(typeof(ImageChanges))]
[JsonSerializable(typeof(Answer<IReadOnlyList<DecisionResponse>>))]
[JsonSerializable(typeof(Answer<DecisionResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<PendingResponse>>))]
[JsonSerializable(typeof(Answer<SightingResponse>))]
[JsonSerializable(typeof(Answer<ExplanationResponse>))]
[JsonSerializable(typeof(Answer<AnswerResponse>))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(DeclineRequest))]
[JsonSerializable(typeof(SnoozeRequest))]
[JsonSerializable(typeof(SkipRequest))]
internal sealed partial class DecisionsJson : JsonSerializerContext;
