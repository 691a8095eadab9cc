namespace Plimsoll.Plumbing;

/// <summary>
/// Whether the program has been told to stop. From then on no new work is taken and no new step begun; what is under way
/// has a little time to come to a safe place.
/// </summary>
internal sealed class Stopping : IDisposable
{
    private readonly CancellationTokenSource _begun = new();
    private readonly CancellationTokenRegistration _told;

    public Stopping(IHostApplicationLifetime lifetime) => _told = lifetime.ApplicationStopping.Register(Begin);

    public bool HasBegun => _begun.IsCancellationRequested;

    /// <summary>For everything that only waits: it ends at once.</summary>
    public CancellationToken Token => _begun.Token;

    /// <summary>A host that is stopped from within tells its services before it fires its own event.</summary>
    public void Begin() => _begun.Cancel();

    public void Dispose()
    {
        _told.Dispose();
        _begun.Dispose();
    }
}
