namespace Plimsoll.Docker;

/// <summary>
/// Remembers the API version both sides speak: the engine's own, or the newest this client knows when the engine is newer. Callers that
/// come at the same time share one question to the engine.
/// </summary>
internal sealed class VersionNegotiation(DockerEndpoint endpoint)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Agreement? _agreement;

    public async Task<ApiVersion> GetAsync(EngineCall call, Func<CancellationToken, Task<string?>> ask, CancellationToken cancellationToken)
    {
        if (_agreement is { } known)
        {
            return known.Version;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_agreement is { } meanwhile)
            {
                return meanwhile.Version;
            }

            var agreed = Choose(await ask(cancellationToken), call, endpoint);
            _agreement = new Agreement(agreed);
            return agreed;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The engine may be another one the next time it answers.</summary>
    public void Forget() => _agreement = null;

    public static ApiVersion Choose(string? engine, EngineCall call, DockerEndpoint endpoint)
    {
        if (!ApiVersion.TryParse(engine, out var newest))
        {
            throw new DockerVersionException(
                call.Subject, call.Attempt, "unknown", ApiVersion.Oldest,
                $"{endpoint} did not say which version of the Docker Engine API it speaks (it named \"{engine}\"). Is a Docker engine listening there?");
        }

        if (newest < ApiVersion.Oldest)
        {
            throw new DockerVersionException(
                call.Subject, call.Attempt, newest.ToString(), ApiVersion.Oldest,
                $"the Docker engine at {endpoint} speaks API version {newest}, and at least {ApiVersion.Oldest} (Docker 20.10) is needed. Update Docker.");
        }

        return newest < ApiVersion.Newest ? newest : ApiVersion.Newest;
    }

    private sealed record Agreement(ApiVersion Version);
}
