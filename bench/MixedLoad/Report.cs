using System.Globalization;

namespace Plimsoll.Bench;

/// <summary>The result as people read it.</summary>
internal static class Report
{
    public static void Write(LoadResult result, DeploymentSeries series, SwitchClock switches, TimeSpan total, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Row("traffic", "clients", "requests", "failed", "messages", "crossed", "ended", "connections"));
        foreach (var (kind, counts) in result.Kinds)
        {
            output.WriteLine(Row(
                Name(kind), result.Mix.Of(kind), counts.Requests, counts.Failed, counts.Messages, counts.Crossed,
                $"{counts.Closed}+{counts.Aborted}", counts.ConnectionsOpened));
        }

        output.WriteLine();
        Fact(output, "connections kept", Kept(result));
        Fact(output, "streams ended", result.EarliestEnd is { } earliest ? $"none earlier than {Seconds(earliest)} after the new version was first seen" : "none");
        Fact(output, "fast, during switches", Latency(result.DuringSwitches));
        Fact(output, "fast, between switches", Latency(result.BetweenSwitches));
        Fact(output, "p99 during / between", Ratio(result.DuringSwitches.Milliseconds(0.99), result.BetweenSwitches.Milliseconds(0.99)));
        Fact(output, "webhook to new version", $"median {Seconds(Median(switches.UntilSeen))}");
        Fact(output, "deployments", $"{series.Durations.Count}, median {Seconds(Median(series.Durations))} with the drain");
        Fact(output, "total time", Seconds(total));
        WriteFailures(result, output);
        output.WriteLine();
        output.WriteLine(Invariant($"failed requests: {result.Failed} (aim 0)"));
    }

    private static void WriteFailures(LoadResult result, TextWriter output)
    {
        foreach (var failure in result.FirstFailures)
        {
            var when = failure.Window % 2 == 1 ? $"deployment {(failure.Window + 1) / 2}" : $"after deployment {failure.Window / 2}";
            output.WriteLine(Invariant($"  {failure.At:HH:mm:ss.fff} {when}, {Name(failure.Kind)}, client {failure.Client}: {failure.Detail}"));
        }
    }

    /// <summary>Of the clients whose connection only the server or a failure could end: a stream's goes with the stream.</summary>
    private static string Kept(LoadResult result)
    {
        TrafficKind[] kinds = [TrafficKind.Fast, TrafficKind.Slow, TrafficKind.Upload];
        var opened = kinds.Sum(kind => result.Kinds[kind].ConnectionsOpened);
        return Invariant($"{opened} opened by {kinds.Sum(result.Mix.Of)} clients");
    }

    private static string Latency(LatencyHistogram times) => Invariant(
        $"p50 {times.Milliseconds(0.5):0.0} ms, p99 {times.Milliseconds(0.99):0.0} ms, longest {times.LongestMilliseconds:0} ms, {times.Count} requests");

    private static string Ratio(double one, double other) => other > 0 ? Invariant($"{one / other:0.00}") : "-";

    private static TimeSpan Median(IReadOnlyList<TimeSpan> times) => times.Count == 0 ? TimeSpan.Zero : times.Order().ElementAt(times.Count / 2);

    private static string Seconds(TimeSpan time) => Invariant($"{time.TotalSeconds:0.0} s");

    private static string Name(TrafficKind kind) => kind switch
    {
        TrafficKind.Fast => "fast GET",
        TrafficKind.Slow => "slow GET (2 s)",
        TrafficKind.Upload => "upload (5 MiB)",
        TrafficKind.Events => "event stream",
        TrafficKind.WebSocket => "WebSocket",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Row(object kind, object clients, object requests, object failed, object messages, object crossed, object ended, object opened) =>
        Invariant($"{kind,-15} {clients,8} {requests,9} {failed,7} {messages,9} {crossed,8} {ended,8} {opened,12}");

    private static void Fact(TextWriter output, string name, string text) => output.WriteLine($"  {name,-24}{text}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
