using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plimsoll.EngineTests.Api;

/// <summary>The running program's own description of its API.</summary>
internal sealed partial class ApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private ApiDocument(JsonObject root)
    {
        Root = root;
        Operations = [.. root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(entry => Methods.Contains(entry.Key))
            .Select(entry => new Operation(entry.Key.ToUpperInvariant(), path.Key, entry.Value!.AsObject())))];
    }

    public JsonObject Root { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public static async Task<ApiDocument> ReadAsync(HttpClient api, CancellationToken cancellationToken) =>
        new(JsonNode.Parse(await api.GetStringAsync("openapi.json", cancellationToken))!.AsObject());

    /// <summary>Every "$ref" in the document.</summary>
    public IReadOnlyList<string> References => [.. Reference().Matches(Root.ToJsonString()).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""
        "\$ref":"([^"]+)"
        """)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    /// <param name="Path">As it is documented, with the names of its parameters.</param>
    internal sealed record Operation(string Method, string Path, JsonObject Description)
    {
        public string Name => $"{Method} {Path}";

        public JsonObject Responses => Description["responses"]!.AsObject();

        /// <summary>Whoever may be refused for their role is asked for one; an invitation asks for its code, and a second factor for another.</summary>
        public bool AsksForRole => Responses.ContainsKey("401") && Responses.ContainsKey("403") && Name != "POST /api/invite";

        public bool IsStream => Responses.Any(response => response.Value!["content"]?["text/event-stream"] is not null);

        /// <summary>Below /api/, with something in the place of each parameter.</summary>
        public string SomePath => Parameter().Replace(Path, "1")["/api/".Length..];

        public override string ToString() => Name;
    }
}
