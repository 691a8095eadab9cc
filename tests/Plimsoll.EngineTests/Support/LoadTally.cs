namespace Plimsoll.EngineTests.Support;

/// <summary>The counts of all clients of a <see cref="LoadGenerator"/>.</summary>
internal sealed class LoadTally
{
    private const int FailuresKept = 20;
    private const int BodiesKept = 50;
    private const int LongestDetail = 300;
    private readonly Lock gate = new();
    private readonly List<LoadFailure> failures = [];
    private readonly Dictionary<string, long> bodies = [];
    private long requests;
    private long failed;
    private long opened;
    private TimeSpan longest;

    public void Opened() => Interlocked.Increment(ref opened);

    public void Good(string body, TimeSpan took)
    {
        lock (gate)
        {
            requests++;
            longest = took > longest ? took : longest;
            if (bodies.TryGetValue(body, out var count) || bodies.Count < BodiesKept)
            {
                bodies[body] = count + 1;
            }
        }
    }

    public void Bad(int connection, int? status, string detail, TimeSpan took)
    {
        lock (gate)
        {
            requests++;
            failed++;
            longest = took > longest ? took : longest;
            if (failures.Count < FailuresKept)
            {
                failures.Add(new LoadFailure(DateTimeOffset.UtcNow, connection, status, detail.Length > LongestDetail ? detail[..LongestDetail] : detail));
            }
        }
    }

    public LoadReport Report()
    {
        lock (gate)
        {
            return new LoadReport(requests, failed, [.. failures], new Dictionary<string, long>(bodies), Interlocked.Read(ref opened), longest);
        }
    }
}
