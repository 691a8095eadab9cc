using System.Text.Json.Serialization;
using Plimsoll.Decisions.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Decisions;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<RuleFinding>))]
[JsonSerializable(typeof(ImageChanges))]
[JsonSerializable(typeof(Answer<IReadOnlyList<DecisionResponse>>))]
internal sealed partial class DecisionsJson : JsonSerializerContext;
