namespace Plimsoll.Edge;

/// <summary>How a drain ended: by itself, or cut at its limit.</summary>
/// <param name="RequestsCut">Requests that were still open at the limit and were then aborted.</param>
internal sealed record DrainOutcome(int RequestsCut)
{
    public static DrainOutcome Empty { get; } = new(0);

    public bool WasCut => RequestsCut > 0;

    public static DrainOutcome Cut(int requests) => new(requests);
}
