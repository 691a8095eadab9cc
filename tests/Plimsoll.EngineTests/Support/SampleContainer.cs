using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>A container that somebody other than Plimsoll started, on a network of its own, reached from here by its address.</summary>
public sealed class SampleContainer : IAsyncDisposable
{
    private const int Port = 8080;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);
    private readonly PrivateEngine engine;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    private SampleContainer(PrivateEngine engine, string name)
    {
        this.engine = engine;
        Name = name;
    }

    /// <summary>Of the container and of its network.</summary>
    public string Name { get; }

    /// <summary>Pulls the image from its registry and starts it; returns without waiting for it to answer.</summary>
    public static async Task<SampleContainer> StartAsync(
        PrivateEngine engine,
        TestImage image,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> runArguments)
    {
        var name = $"sample-{TestImage.KindName(image.Kind)}-{Guid.NewGuid():N}"[..40];
        var container = new SampleContainer(engine, name);
        await engine.RunDockerAsync(["network", "create", name], cancellationToken);
        await engine.RunDockerAsync(["run", "--detach", "--name", name, "--network", name, .. runArguments, image.Pinned], cancellationToken);
        return container;
    }

    /// <summary>The engine's own document about the container.</summary>
    public async Task<JsonNode> InspectAsync(CancellationToken cancellationToken) =>
        await engine.Socket.GetAsync($"/containers/{Name}/json", cancellationToken);

    public async Task<string> ReadHealthAsync(CancellationToken cancellationToken) =>
        (string?)(await InspectAsync(cancellationToken))["State"]?["Health"]?["Status"] ?? "none";

    public async Task<string> ReadAddressAsync(CancellationToken cancellationToken) =>
        (string)(await InspectAsync(cancellationToken))["NetworkSettings"]!["Networks"]![Name]!["IPAddress"]!;

    public async Task WaitForHealthAsync(string health, CancellationToken cancellationToken)
    {
        var last = "";
        await Eventually.IsTrueAsync(
            async token => (last = await ReadHealthAsync(token)) == health,
            AnswerWithin,
            () => $"{Name} is {last}, not {health}",
            cancellationToken);
    }

    /// <summary>The body that the application answers, asked for until it does answer.</summary>
    public Task<string> GetAsync(string path, CancellationToken cancellationToken) =>
        Eventually.IsKnownAsync(token => TryGetAsync(path, token), AnswerWithin, () => $"{Name} does not answer on {path}", cancellationToken);

    /// <summary>Null when nothing listens, or the answer is not a good one.</summary>
    public async Task<string?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync($"http://{await ReadAddressAsync(cancellationToken)}:{Port}{path}", cancellationToken);
            return answer.IsSuccessStatusCode ? (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await engine.RunDockerAsync(["rm", "--force", "--volumes", Name], CancellationToken.None);
        await engine.RunDockerAsync(["network", "rm", Name], CancellationToken.None);
    }
}
