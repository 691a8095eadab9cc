using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>What every answer of the API is wrapped in; code 0 is good.</summary>
public sealed record ApiEnvelope(int Code, string Message, JsonNode? Data);
