using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Candidates.Senders;
using Plimsoll.Tests.Architecture;

namespace Plimsoll.Tests.Candidates.Senders;

/// <summary>The messages of the folder Messages: the examples that the senders publish, shortened to what is read and to what is a trap.</summary>
internal static class SampleMessages
{
    public const string SomeDigest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    public static IReadOnlyList<string> Names() => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <param name="change">What a test wants otherwise in the sample.</param>
    public static PushReading Read(string name, Action<JsonNode>? change = null, string? knownAs = null, params (string Name, string Value)[] headers)
    {
        var body = JsonNode.Parse(Text(name))!;
        change?.Invoke(body);
        return PushReader.Read(Message(body.ToJsonString(), headers), knownAs);
    }

    public static PushMessage Message(string json, params (string Name, string Value)[] headers) =>
        new(headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(json));

    private static string Folder => Path.Combine(StoryOrderTests.SourceFolder(), "..", "..", "tests", "Plimsoll.Tests", "Candidates", "Senders", "Messages");
}
