using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Registry.Authentication;

/// <summary>
/// Tokens until they run out, and one fetch at a time for each. A fetch belongs to this cache, not to the caller that happened to come
/// first, so that caller's cancellation takes nothing from the others; each fetch is bounded by the request time-out and ends with the cache.
/// </summary>
internal sealed class TokenCache(TimeProvider time) : IAsyncDisposable
{
    private const int MostTokens = 4096;

    private readonly BoundedMemory<TokenKey, RegistryToken> tokens = new(MostTokens);
    private readonly Dictionary<TokenKey, Task<RegistryToken>> fetches = [];
    private readonly CancellationTokenSource lifetime = new();
    private readonly Lock gate = new();

    public bool TryGet(TokenKey key, [NotNullWhen(true)] out RegistryToken? token)
    {
        token = tokens.TryGet(key, out var found) && found.UsableUntil > time.GetUtcNow() ? found : null;
        return token is not null;
    }

    public Task<RegistryToken> FetchAsync(
        TokenKey key, Func<CancellationToken, Task<RegistryToken>> fetch, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(lifetime.IsCancellationRequested, this);
            if (TryGet(key, out var token))
            {
                return Task.FromResult(token);
            }

            if (!fetches.TryGetValue(key, out var running))
            {
                running = RunAsync(key, fetch);
                fetches[key] = running;
            }

            return running.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets a token that was refused, unless another has taken its place meanwhile.</summary>
    public void Forget(TokenKey key, string value)
    {
        if (tokens.TryGet(key, out var token) && token.Value == value)
        {
            tokens.Remove(key);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (gate)
        {
            lifetime.Cancel();
            running = [.. fetches.Values];
        }

        foreach (var fetch in running)
        {
            // Its outcome was the business of whoever waited for it; here it only has to be over.
            await fetch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lifetime.Dispose();
    }

    private async Task<RegistryToken> RunAsync(TokenKey key, Func<CancellationToken, Task<RegistryToken>> fetch)
    {
        // Leaves the caller's lock before anything is done.
        await Task.Yield();
        try
        {
            var token = await fetch(lifetime.Token);
            tokens.Set(key, token);
            return token;
        }
        finally
        {
            lock (gate)
            {
                fetches.Remove(key);
            }
        }
    }
}
