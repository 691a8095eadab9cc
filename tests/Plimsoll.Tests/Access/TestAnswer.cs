using System.Net;
using System.Text.Json.Nodes;

namespace Plimsoll.Tests.Access;

/// <summary>An answer, read whole.</summary>
internal sealed record TestAnswer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public int Code => Json["code"]!.GetValue<int>();

    public string Message => Json["msg"]!.GetValue<string>();

    public JsonNode Data => Json["data"]!;

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>The session cookie as the browser would keep it, without its attributes.</summary>
    public string Cookie => Header("Set-Cookie")!.Split(';')[0];
}
