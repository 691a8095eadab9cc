using System.Globalization;
using System.Net;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Traffic;

/// <summary>
/// Keeps requests to each registry within its pace, and leaves a registry alone that said so. All requests pass here, so nobody has to
/// remember to be polite.
/// </summary>
internal sealed class TrafficRules(RegistryClientOptions options, TimeProvider time)
{
    private const int MostRegistries = 1024;
    private const int LeastPullsToSpare = 10;
    private const int PartToSpare = 10;

    private readonly BoundedMemory<string, HostState> hosts = new(MostRegistries);
    private readonly Lock gate = new();

    public RegistryTraffic Of(string registry) => hosts.TryGet(registry, out var state) ? state.Now : RegistryTraffic.None;

    public void CoolDown(string registry, DateTimeOffset until, string reason) => State(registry).CoolDown(until, reason);

    public void EndCoolDown(string registry)
    {
        if (State(registry).EndCoolDown())
        {
            options.OnCoolDown?.Invoke(new RegistryCoolDown(registry, null, "It answers again."));
        }
    }

    /// <summary>Waits for this request's turn. Null where no pace is set.</summary>
    /// <exception cref="RegistryException">The registry is not to be asked now.</exception>
    public async Task<HostGate?> EnterAsync(RequestTarget target, CancellationToken cancellationToken)
    {
        var state = State(target.Endpoint.Registry);
        ThrowIfNotToBeAsked(state.Now, target);
        if (options.PaceOf?.Invoke(target.Endpoint.Registry) is not { } pace)
        {
            return null;
        }

        await state.Gate.EnterAsync(pace, cancellationToken);
        try
        {
            // It may have called for patience while this request waited.
            ThrowIfNotToBeAsked(state.Now, target);
            return state.Gate;
        }
        catch
        {
            state.Gate.Leave();
            throw;
        }
    }

    public void Saw(RegistryAnswer answer, RequestTarget target)
    {
        if (answer.IsFromAnotherHost)
        {
            // A storage host's patience is not the registry's.
            return;
        }

        var state = State(target.Endpoint.Registry);
        var limit = RateLimits.Of(answer);
        var retryAfter = RetryAfter.Parse(answer.Header("Retry-After"), time.GetUtcNow());
        var wantsPatience = answer.Status == HttpStatusCode.TooManyRequests
            || (answer.Status == HttpStatusCode.ServiceUnavailable && retryAfter is not null);
        if (!wantsPatience)
        {
            state.Answered(limit);
            return;
        }

        var wish = retryAfter is { } pause ? $"asked for {pause.TotalSeconds:0} s" : "did not say for how long";
        var reason = $"{Excerpt.Of(answer.Address.Authority)} answered {(int)answer.Status} and {wish}.";
        if (state.Refused(retryAfter, reason, limit) is { } until)
        {
            options.OnCoolDown?.Invoke(new RegistryCoolDown(target.Endpoint.Registry, until, reason));
        }
    }

    /// <summary>Only what looks like an absence counts: a wrong certificate is there to stay until somebody changes it.</summary>
    public void Failed(RegistryException failure, RequestTarget target, DateTimeOffset askedAt)
    {
        if (failure is { Failure: RegistryFailure.Unreachable or RegistryFailure.BadAnswer, IsTransient: true })
        {
            State(target.Endpoint.Registry).Failed(WithoutSubject(failure), askedAt);
        }
    }

    /// <summary>Reading a manifest may count as a pull. A poll leaves the last ones to those who deploy.</summary>
    public void ThrowIfPullsAreShort(RequestTarget target)
    {
        if (target.Access.IsPoll
            && Of(target.Endpoint.Registry).Limit is { Remaining: { } remaining } limit
            && remaining <= Math.Max(LeastPullsToSpare, (limit.Limit ?? 0) / PartToSpare))
        {
            throw Refusal(target, $"{target.Endpoint.Registry} allows {remaining} more pulls just now, and a poll does not use the last ones up.", limit.Window, RegistryFailure.RateLimited);
        }
    }

    private void ThrowIfNotToBeAsked(RegistryTraffic traffic, RequestTarget target)
    {
        // A person who tests the connection wants to know how it is now.
        if (target.IsTest)
        {
            return;
        }

        if (traffic.CoolDownUntil is { } until)
        {
            var at = until.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            throw Refusal(target, $"{target.Endpoint.Registry} wants to be left alone until {at} UTC: {traffic.CoolDownReason}", until - time.GetUtcNow(), RegistryFailure.RateLimited);
        }

        if (target.Access.IsPoll && traffic.BackOffUntil is { } later)
        {
            throw Refusal(target, traffic.LastProblem ?? $"{target.Endpoint.Registry} did not answer.", later - time.GetUtcNow(), RegistryFailure.Unreachable);
        }
    }

    private static RegistryException Refusal(RequestTarget target, string sentence, TimeSpan? retryAfter, RegistryFailure failure) =>
        new(failure, target.Subject, NetworkFailure.Sentence(target.Subject, sentence))
        {
            RetryAfter = retryAfter,
            IsTransient = true,
            WasNotSent = true,
            Step = ConnectionStep.Connect,
        };

    private static string WithoutSubject(RegistryException failure) =>
        failure.Message.StartsWith(failure.Subject + ": ", StringComparison.Ordinal) ? failure.Message[(failure.Subject.Length + 2)..] : failure.Message;

    private HostState State(string registry)
    {
        lock (gate)
        {
            if (!hosts.TryGet(registry, out var state))
            {
                state = new HostState(time);
                hosts.Set(registry, state);
            }

            return state;
        }
    }
}
