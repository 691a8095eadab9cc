namespace Plimsoll.EngineTests.Deployments;

/// <summary>A place where the program is killed: before a step's effect, after it, or between two effects of one step.</summary>
/// <param name="Why">What made the program take the step, where that is not just a push.</param>
public sealed record CrashCase(string Point, string? Why = null)
{
    public static readonly string[] Steps = ["queued", "pulling", "starting", "verifying", "switching", "draining", "retiring", "rolling-back"];

    public string Step => Point switch
    {
        "created-candidate" => "starting",
        "recorded-switch" => "switching",
        "returned-traffic" => "rolling-back",
        _ => Point[(Point.IndexOf('-', StringComparison.Ordinal) + 1)..],
    };

    public int Order => Point.StartsWith("before-", StringComparison.Ordinal) ? 0 : Point.StartsWith("after-", StringComparison.Ordinal) ? 2 : 1;

    public string Killed => (Point switch
    {
        "created-candidate" => "the container is made, not started",
        "recorded-switch" => "the switch is recorded, the router not told",
        "returned-traffic" => "the return is recorded, the router not told",
        _ => Point[..Point.IndexOf('-', StringComparison.Ordinal)] + " the effect",
    }) + (Why is null ? "" : $" ({Why})");
}
