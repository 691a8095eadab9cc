using System.Net;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Authentication;

/// <summary>
/// Sends a request and signs in where the registry asks for it. What worked is remembered for the repository, so that the next request is
/// let in at once. The number of attempts is fixed: a registry that answers 401 for ever is asked three times.
/// </summary>
internal sealed class Authenticator(RegistryConnection connection, TokenSource tokens, RegistryClientOptions options)
{
    private const int MostAttempts = 3;
    private const int MostRemembered = 4096;

    private readonly BoundedMemory<(string Registry, string? Repository, string Credential, bool AllowHttp), SignInPlan> plans = new(MostRemembered);

    /// <summary>The last answer, whatever its status; a credential is only ever sent to the registry and its token server.</summary>
    public async Task<RegistryAnswer> SendAsync(
        RequestTarget target, HttpMethod method, string pathAndQuery, IReadOnlyList<string> accept, CancellationToken cancellationToken)
    {
        var memory = (target.Endpoint.Registry, target.Repository, TokenKey.CredentialHash(target.Access), target.Access.AllowHttp);
        var pass = !target.IsTest && plans.TryGet(memory, out var known) ? await TryPassAsync(known, target, cancellationToken) : null;
        for (var attempt = 1; ; attempt++)
        {
            var answer = await connection.SendAsync(target, method, pathAndQuery, accept, pass?.Header, cancellationToken);
            answer.Pass = pass;
            var isRefused = answer.Status == HttpStatusCode.Unauthorized && !answer.IsFromAnotherHost;
            if (!isRefused)
            {
                if (answer.IsSuccess && pass is not null)
                {
                    plans.Set(memory, pass.Plan);
                }

                return Settle(answer, target);
            }

            plans.Remove(memory);
            var next = attempt < MostAttempts ? await NextPassAsync(answer, pass, target, cancellationToken) : null;
            if (next is null)
            {
                return Settle(answer, target);
            }

            answer.Dispose();
            pass = next;
        }
    }

    /// <summary>A token server that has moved or gone must not be remembered for ever: without a pass the registry says anew where it is.</summary>
    private async Task<Pass?> TryPassAsync(SignInPlan plan, RequestTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.GetPassAsync(plan, target, cancellationToken);
        }
        catch (RegistryException failure) when (failure.Failure != RegistryFailure.RateLimited)
        {
            return null;
        }
    }

    /// <summary>Null when nothing better than what was just refused can be had.</summary>
    private async Task<Pass?> NextPassAsync(RegistryAnswer answer, Pass? refused, RequestTarget target, CancellationToken cancellationToken)
    {
        try
        {
            if (refused is not null)
            {
                tokens.Forget(refused);
            }

            var worthTrying = PlansOf(answer, refused, target).Where(plan => IsWorthTrying(plan, refused)).ToList();
            return worthTrying.Count == 0 ? null : await FirstPassAsync(worthTrying, target, cancellationToken);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<Pass> FirstPassAsync(IReadOnlyList<SignInPlan> worthTrying, RequestTarget target, CancellationToken cancellationToken)
    {
        foreach (var plan in worthTrying.SkipLast(1))
        {
            try
            {
                return await tokens.GetPassAsync(plan, target, cancellationToken);
            }
            catch (RegistryException attempt) when (attempt.Failure != RegistryFailure.RateLimited)
            {
                // A token server at a wrong address, common behind a proxy, is no obstacle where the registry takes the credential itself.
                continue;
            }
        }

        return await tokens.GetPassAsync(worthTrying[^1], target, cancellationToken);
    }

    private IReadOnlyList<SignInPlan> PlansOf(RegistryAnswer answer, Pass? refused, RequestTarget target)
    {
        try
        {
            return SignInPlanner.Plans(answer, target, refused?.Plan.Scopes ?? [], options.TrustedTokenServers);
        }
        catch (RegistryException) when (refused is not null)
        {
            // Having been refused with something in hand is the better explanation.
            return [];
        }
    }

    private static bool IsWorthTrying(SignInPlan plan, Pass? refused)
    {
        if (refused is null || refused.IsRemembered)
        {
            return true;
        }

        return plan.Realm is null
            ? refused.Plan.Realm is not null
            : refused.Plan.Realm is null || SignInPlanner.AddsScope(plan, refused.Plan.Scopes);
    }

    /// <summary>
    /// A refused credential is passed over only when what was asked for is public; otherwise the refusal is the true reason.
    /// </summary>
    private RegistryAnswer Settle(RegistryAnswer answer, RequestTarget target)
    {
        if (answer.Pass?.Refusal is not { } refusal)
        {
            return answer;
        }

        if (answer.IsSuccess)
        {
            options.OnCredentialRefused?.Invoke(new CredentialRefusal(target.Endpoint.Registry, target.Access.Username, refusal.Message));
            return answer;
        }

        if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            answer.Dispose();
            throw refusal.Again();
        }

        return answer;
    }
}
