namespace Plimsoll.Edge;

/// <summary>
/// Asks the engine who has one address. Connections that are opened at the same time share a question, so however many
/// there are, at most one is on its way.
/// </summary>
/// <param name="engineIsAway">Whether the engine's events are cut off: it may be starting, and be dealing out addresses.</param>
internal sealed class SharedQuestion(Func<CancellationToken, Task<Occupant>> ask, Func<bool> engineIsAway, TimeProvider time)
{
    /// <summary>
    /// An engine that hangs deals out no addresses; visitors must not wait for it for ever. An engine that is only slow
    /// does, and a question about a container that is being started waits for that.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<Occupant> _running = Task.FromResult(Occupant.Unknown);
    private Task<Occupant>? _next;
    private volatile Occupant _last = Occupant.Unknown;
    private volatile bool _silent;

    /// <summary>The newest answer of all.</summary>
    public Occupant Last => _last;

    /// <summary>The answer to a question that is asked after this call.</summary>
    /// <returns>Without waiting <see cref="Occupant.Unknown"/> from the time a question was not answered until one is.</returns>
    public async Task<Occupant> AskAsync(CancellationToken cancellationToken)
    {
        Task<Occupant> question;
        lock (_gate)
        {
            question = _next ??= AskAfterAsync(_running);
        }

        if (_silent && !engineIsAway())
        {
            return Occupant.Unknown;
        }

        try
        {
            return await question.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            _silent = true;
            // An engine that is just starting takes the question and answers late, after it has started containers.
            return engineIsAway() ? Occupant.None : Occupant.Unknown;
        }
    }

    private async Task<Occupant> AskAfterAsync(Task<Occupant> earlier)
    {
        await Task.Yield();
        await ((Task)earlier).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            _running = _next!;
            _next = null;
        }

        // The question is everybody's: the first caller's leaving must not end it for the others. The engine's client has a limit of its own.
        _last = await ask(CancellationToken.None);
        if (_last.IsKnown)
        {
            _silent = false;
        }

        return _last;
    }
}
