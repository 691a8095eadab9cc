using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Traffic;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Authentication;

/// <summary>Gets a pass for a plan: from memory, or by asking the token server with the credential, and without it where that is refused.</summary>
internal sealed class TokenSource(HttpExchange exchange, TrafficRules traffic, TimeProvider time) : IAsyncDisposable
{
    private const int MostTokenBytes = 64 * 1024;
    private const int MostRefusals = 1024;

    // Asking again and again with a wrong password locks accounts.
    private static readonly TimeSpan refusalHolds = TimeSpan.FromMinutes(5);

    private readonly TokenCache cache = new(time);
    private readonly BoundedMemory<TokenKey, (RegistryException Refusal, DateTimeOffset Until)> refusals = new(MostRefusals);

    public async Task<Pass> GetPassAsync(SignInPlan plan, RequestTarget target, CancellationToken cancellationToken)
    {
        if (plan.Realm is null)
        {
            return new Pass(BasicHeader(target.Access), plan) { UsesCredential = true };
        }

        if (!target.Access.HasCredential)
        {
            return await GetTokenAsync(plan, target, false, null, cancellationToken);
        }

        var key = TokenKey.Of(plan, target, true);
        if (!target.IsTest && refusals.TryGet(key, out var known) && known.Until > time.GetUtcNow())
        {
            return await GetTokenAsync(plan, target, false, known.Refusal, cancellationToken);
        }

        try
        {
            return await GetTokenAsync(plan, target, true, null, cancellationToken);
        }
        catch (RegistryException refusal) when (refusal.Failure == RegistryFailure.Unauthorized && !target.IsTest)
        {
            // A credential that has run out must not stop a public image from being read. Whoever asked is told of it.
            refusals.Set(key, (refusal, time.GetUtcNow() + refusalHolds));
            return await GetTokenAsync(plan, target, false, refusal, cancellationToken);
        }
    }

    public void Forget(Pass pass)
    {
        if (pass.Key is { } key)
        {
            cache.Forget(key, pass.Header.Parameter!);
        }
    }

    public ValueTask DisposeAsync() => cache.DisposeAsync();

    private async Task<Pass> GetTokenAsync(
        SignInPlan plan, RequestTarget target, bool withCredential, RegistryException? refusal, CancellationToken cancellationToken)
    {
        var key = TokenKey.Of(plan, target, withCredential);
        var isRemembered = false;
        RegistryToken? token = null;
        if (target.IsTest)
        {
            token = await AskAsync(plan, target, withCredential, cancellationToken);
        }
        else
        {
            isRemembered = cache.TryGet(key, out token);
            token ??= await FetchSharedAsync(key, plan, target, withCredential, refusal, cancellationToken);
        }

        return new Pass(new AuthenticationHeaderValue("Bearer", token.Value), plan)
        {
            Key = key,
            IsRemembered = isRemembered,
            UsesCredential = withCredential,
            Refusal = refusal,
        };
    }

    private async Task<RegistryToken> FetchSharedAsync(
        TokenKey key, SignInPlan plan, RequestTarget target, bool withCredential, RegistryException? refusal, CancellationToken cancellationToken)
    {
        // Several callers share one fetch and its error, so the error speaks of the repository and not of the first caller's tag.
        var shared = target with { Subject = target.Repository is null ? target.Endpoint.Registry : $"{target.Endpoint.Registry}/{target.Repository}" };
        try
        {
            return await cache.FetchAsync(key, cancel => AskAsync(plan, shared, withCredential, cancel), cancellationToken);
        }
        catch (RegistryException anonymous) when (refusal is not null && anonymous.Failure == RegistryFailure.Unauthorized)
        {
            throw refusal.Again();
        }
    }

    private async Task<RegistryToken> AskAsync(SignInPlan plan, RequestTarget target, bool withCredential, CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow();
        using var answer = await SendAsync(plan, target, withCredential, askedAt, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw await RefusalAsync(answer, target, withCredential);
        }

        var body = await answer.ReadBodyAsync(MostTokenBytes);
        return TokenAnswer.Read(body, askedAt) ?? throw new RegistryException(
            RegistryFailure.BadAnswer,
            target.Subject,
            NetworkFailure.Sentence(target.Subject, $"the token server {Excerpt.Of(answer.Address.Authority)} answered without a token."))
        {
            Step = ConnectionStep.Authentication,
        };
    }

    private async Task<RegistryAnswer> SendAsync(
        SignInPlan plan, RequestTarget target, bool withCredential, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        try
        {
            if (withCredential && !target.Access.HasPassword)
            {
                return await exchange.SendAsync(
                    target, HttpMethod.Post, plan.Realm!, ["application/json"], null, cancellationToken, RefreshForm(plan, target.Access.IdentityToken!));
            }

            var header = withCredential ? BasicHeader(target.Access) : null;
            return await exchange.SendAsync(
                target, HttpMethod.Get, Address(plan, target, withCredential), ["application/json"], header, cancellationToken);
        }
        catch (RegistryException failure) when (!failure.WasNotSent)
        {
            // Without its token server a registry is as good as away.
            traffic.Failed(failure, target, askedAt);
            throw;
        }
    }

    private static List<KeyValuePair<string, string>> RefreshForm(SignInPlan plan, string identityToken) =>
    [
        new("grant_type", "refresh_token"),
        new("service", plan.Service ?? ""),
        new("scope", string.Join(' ', plan.Scopes)),
        new("client_id", "plimsoll"),
        new("refresh_token", identityToken),
    ];

    private async Task<RegistryException> RefusalAsync(RegistryAnswer answer, RequestTarget target, bool withCredential)
    {
        var refusal = await ServerRefusal.ReadAsync(answer, target, time.GetUtcNow());
        var refusesCredential = refusal.Failure != RegistryFailure.RateLimited
            && !answer.IsFromAnotherHost
            && answer.Status is (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        var server = $"the token server {Excerpt.Of(answer.Address.Authority)}";
        var what = (refusesCredential, withCredential) switch
        {
            (true, true) => $"{server} refused the credential of {Excerpt.Of(target.Access.ToString())}.",
            (true, false) => $"{server} gives nothing without a credential.",
            _ => $"{server} answered {(int)answer.Status}.",
        };
        var failure = refusesCredential ? RegistryFailure.Unauthorized
            : refusal.Failure == RegistryFailure.NotFound ? RegistryFailure.BadAnswer
            : refusal.Failure;
        var sentence = refusal.Said is null ? what : $"{what} It said: {refusal.Said}.";
        return new RegistryException(failure, target.Subject, NetworkFailure.Sentence(target.Subject, sentence))
        {
            RetryAfter = refusal.RetryAfter,
            IsTransient = refusal.IsTransient,
            Step = ConnectionStep.Authentication,
        };
    }

    private static Uri Address(SignInPlan plan, RequestTarget target, bool withCredential)
    {
        var query = new List<string>();
        if (plan.Service is not null)
        {
            query.Add($"service={Uri.EscapeDataString(plan.Service)}");
        }

        query.AddRange(plan.Scopes.Select(scope => $"scope={Uri.EscapeDataString(scope)}"));
        if (withCredential && !string.IsNullOrEmpty(target.Access.Username))
        {
            query.Add($"account={Uri.EscapeDataString(target.Access.Username)}");
        }

        query.Add("client_id=plimsoll");
        var address = new UriBuilder(plan.Realm!) { Fragment = "" };
        address.Query = string.Join('&', [.. address.Query.TrimStart('?') is { Length: > 0 } own ? [own] : Array.Empty<string>(), .. query]);
        return address.Uri;
    }

    private static AuthenticationHeaderValue BasicHeader(RegistryAccess access) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.Username}:{access.Password}")));
}
