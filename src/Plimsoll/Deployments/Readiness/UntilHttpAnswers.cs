namespace Plimsoll.Deployments.Readiness;

/// <summary>
/// The configured path answers 2xx. Asked from outside the container, so that it works for images without a shell.
/// Redirects are not followed: where they lead says nothing about this container.
/// </summary>
internal sealed class UntilHttpAnswers(TimeProvider time) : IReadinessCondition, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        // Every probe dials anew: a kept connection would prove only that it is kept.
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 64 * 1024,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public bool AppliesTo(ReadinessTarget target) => target.HealthPath is not null && target.Port != 0;

    public async Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken)
    {
        if (target.Address is not { } address)
        {
            return new ReadinessFinding.NotYet("it has no address on the shared network yet");
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}:{target.Port}{target.HealthPath}");
            request.Headers.UserAgent.ParseAdd("plimsoll-health");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode
                ? new ReadinessFinding.Ready()
                : new ReadinessFinding.NotYet($"{target.HealthPath} answered {(int)response.StatusCode}");
        }
        catch (HttpRequestException problem)
        {
            return new ReadinessFinding.NotYet($"{target.HealthPath} on port {target.Port} did not answer ({problem.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReadinessFinding.NotYet($"{target.HealthPath} on port {target.Port} took longer than {Patience.TotalSeconds:0} seconds");
        }
    }

    public void Dispose() => _http.Dispose();
}
