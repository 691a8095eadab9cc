namespace Plimsoll.EngineTests.Support;

/// <summary>What a <see cref="LoadGenerator"/> saw up to a moment.</summary>
/// <param name="Failures">Every answer outside 2xx, every broken, refused or late one. None was repeated.</param>
/// <param name="FirstFailures">At most 20.</param>
/// <param name="Bodies">How often each body of a good answer came, trimmed; at most 50 different ones.</param>
/// <param name="ConnectionsOpened">Above the number of connections: the server closed some.</param>
public sealed record LoadReport(
    long Requests,
    long Failures,
    IReadOnlyList<LoadFailure> FirstFailures,
    IReadOnlyDictionary<string, long> Bodies,
    long ConnectionsOpened,
    TimeSpan Longest)
{
    public override string ToString() =>
        $"{Requests} requests, {Failures} failed, {ConnectionsOpened} connections, longest {Longest.TotalMilliseconds:0} ms; "
        + string.Join(", ", Bodies.Select(body => $"\"{body.Key}\" {body.Value}×"))
        + string.Concat(FirstFailures.Select(failure => $"\n  {failure.At:HH:mm:ss.fff} connection {failure.Connection}: {failure.Status?.ToString() ?? "no answer"} {failure.Detail}"));
}
