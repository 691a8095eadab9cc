using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Candidates;

/// <summary>Bodies that no sender would send: the samples of every sender, changed at random, and what has nothing to do with them. The same for the same seed.</summary>
internal sealed class HostileMessages(int seed)
{
    private static readonly string[] Words =
    [
        "action", "push", "events", "target", "repository", "tag", "digest", "package", "registry_package", "push_data", "repo_name", "type", "PUSH_ARTIFACT", "event_data", "resources",
        "updated_tags", "docker_url", "image", "sha256:", "container", "created", "v1", "", "\0", "\ud800", "../..", "a:b:c", "{{", "'; DROP TABLE projects; --", "localhost", "[::1]:5000", "\u202e",
    ];

    private static readonly (string, string)[][] HeaderSets =
    [
        [], [("Content-Type", "application/json")], [("Content-Type", "application/vnd.docker.distribution.events.v1+json")], [("Content-Type", "application/vnd.docker.distribution.events.v2+json")],
        [("Content-Type", "application/cloudevents+json")], [("Content-Type", "application/x-www-form-urlencoded")], [("X-GitHub-Event", "package")], [("X-GitHub-Event", "registry_package"), ("X-GitHub-Delivery", "1")],
        [("X-GitHub-Event", "ping")], [("X-Gitea-Event", "package"), ("X-GitHub-Event", "package")], [("X-Forgejo-Event", "package"), ("X-Gitea-Event", "package")], [("X-Gitea-Event", "")], [("X-Gitlab-Event", "Push Hook")],
    ];

    private readonly Random random = new(seed);
    private readonly IReadOnlyList<(string Name, string Text)> samples =
        [.. Directory.GetFiles(RepositoryFiles.PathOf("tests", "Plimsoll.Tests", "Candidates", "Senders", "Messages"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))];

    private string? lastSample;

    public (IReadOnlyList<(string Name, string Value)> Headers, byte[] Body) Next()
    {
        lastSample = null;
        var body = random.Next(8) switch
        {
            0 => Bytes(random.Next(2_000)),
            1 => Encoding.UTF8.GetBytes(Tree(6)?.ToJsonString() ?? "null"),
            2 => Encoding.UTF8.GetBytes(new string(random.Next(2) == 0 ? '[' : '{', random.Next(5_000))),
            3 => Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(Sample())),
            4 => Cut(Encoding.UTF8.GetBytes(Sample())),
            5 => Flip(Encoding.UTF8.GetBytes(Sample())),
            _ => Encoding.UTF8.GetBytes(Changed()),
        };
        // Mostly the headers that belong to the sample: with others little of it is read.
        var headers = lastSample is { } sample && random.Next(4) > 0 ? Fitting(sample) : HeaderSets[random.Next(HeaderSets.Length)];
        return (headers, body);
    }

    private (string, string)[] Fitting(string sample) => sample switch
    {
        "github-registry-package" => [("X-GitHub-Event", "registry_package"), ("X-GitHub-Delivery", "2")],
        "gitea" => [("X-Gitea-Event", "package"), ("X-GitHub-Event", "package")],
        _ when sample.StartsWith("github", StringComparison.Ordinal) => [("X-GitHub-Event", "package")],
        _ => [("Content-Type", "application/json")],
    };

    /// <summary>Something that is to be taken for an image's name.</summary>
    public string NextReference()
    {
        var text = new StringBuilder();
        for (var part = random.Next(1, 8); part > 0; part--)
        {
            _ = random.Next(4) switch
            {
                0 => text.Append(Words[random.Next(Words.Length)]),
                1 => text.Append("/:@.-_[]%"[random.Next(9)]),
                2 => text.Append("ghcr.io/acme/shop:v1"),
                _ => text.Append((char)random.Next(random.Next(2) == 0 ? 128 : 0x10000), random.Next(1, random.Next(20) == 0 ? 5_000 : 20)),
            };
        }

        return text.ToString();
    }

    private string Sample()
    {
        (lastSample, var text) = samples[random.Next(samples.Count)];
        return text;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Cut(byte[] bytes) => bytes[..random.Next(bytes.Length)];

    private byte[] Flip(byte[] bytes)
    {
        for (var time = random.Next(1, 10); time > 0; time--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>A sample with something else in some of its places.</summary>
    private string Changed()
    {
        var body = JsonNode.Parse(Sample())!;
        for (var time = random.Next(1, 6); time > 0; time--)
        {
            Change(body);
        }

        return body.ToJsonString();
    }

    private void Change(JsonNode node)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } fields:
                var name = fields.ElementAt(random.Next(fields.Count)).Key;
                if (fields[name] is JsonObject or JsonArray && random.Next(4) > 0)
                {
                    Change(fields[name]!);
                }
                else
                {
                    fields[name] = Tree(3);
                }

                break;
            case JsonArray { Count: > 0 } items:
                var index = random.Next(items.Count);
                if (items[index] is JsonObject or JsonArray && random.Next(4) > 0)
                {
                    Change(items[index]!);
                }
                else
                {
                    items[index] = Tree(3);
                }

                break;
        }
    }

    private JsonNode? Tree(int depth) => random.Next(depth > 0 ? 9 : 5) switch
    {
        0 => null,
        1 => JsonValue.Create(random.NextDouble() * 1e18),
        2 => JsonValue.Create(random.Next(2) == 0),
        3 => JsonValue.Create(new string((char)random.Next(0xD7FF), random.Next(300))),
        4 => JsonValue.Create(Words[random.Next(Words.Length)]),
        5 or 6 => new JsonArray([.. Enumerable.Range(0, random.Next(6)).Select(_ => Tree(depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(6)).Select(_ => Words[random.Next(Words.Length)]).Distinct().Select(name => KeyValuePair.Create(name, Tree(depth - 1)))),
    };
}
