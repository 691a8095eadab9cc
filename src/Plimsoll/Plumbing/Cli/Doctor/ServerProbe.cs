using System.Net;
using System.Text.Json;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>Asks what anybody may ask of a server: is it there, is it ready, is that its proxy?</summary>
internal sealed class ServerProbe : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A name that can belong to nobody (RFC 2606), so that only the proxy itself can answer.</summary>
    private const string NobodysHost = "doctor.plimsoll.invalid";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1024 };
    private readonly Uri _server;

    public ServerProbe(Uri listen, TimeProvider time)
    {
        _server = ServerAddress.ToReach(listen);
        Time = time;
    }

    public TimeProvider Time { get; }

    /// <returns>What /healthz says; null when nothing answers there, or something else does.</returns>
    public Task<ServerHealth?> ReadHealthAsync(CancellationToken cancellationToken) => AskAsync("/healthz", cancellationToken);

    /// <returns>What /readyz says; null when nothing answers there.</returns>
    public Task<ServerHealth?> ReadReadinessAsync(CancellationToken cancellationToken) => AskAsync("/readyz", cancellationToken);

    public async Task<bool> IsProxyAsync(Uri listen, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ServerAddress.ToReach(listen)) { Headers = { Host = NobodysHost } };
        return await SendAsync(request, cancellationToken) is (HttpStatusCode.NotFound, var body) && body.Contains(NobodysHost, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ServerHealth?> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server, path));
        try
        {
            return await SendAsync(request, cancellationToken) is { Body: var body } && JsonSerializer.Deserialize(body, CliJson.Default.ServerHealth) is { Status: not null } health ? health : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<(HttpStatusCode Status, string Body)?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
