using System.Globalization;
using Plimsoll.Plumbing.Cli.Api;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>An explanation as lines: first what was decided and why, then the rules, those that object first.</summary>
internal static class ExplanationText
{
    private static readonly IReadOnlyList<string> Columns = ["Rule", "Says", "Why", "What would change it"];

    public static void Print(Explained explanation, Printer printer, TimeProvider time)
    {
        if (explanation.Message is { } message)
        {
            printer.Line(message, Mood.Doubtful);
        }

        foreach (var sighting in explanation.Sightings ?? [])
        {
            if (sighting.Decision is not { } decision)
            {
                continue;
            }

            printer.Line("");
            Print(sighting, decision, printer, time);
        }
    }

    private static void Print(ExplainedSighting sighting, ExplainedDecision decision, Printer printer, TimeProvider time)
    {
        var place = decision.Container is { } container ? $"the container {container}" : decision.Stage is null ? decision.Project : $"{decision.Project}/{decision.Stage}";
        printer.Line($"{decision.Image}{(place is null ? "" : $" on {place}")}: {decision.Verdict}", MoodOf(decision.Verdict));
        printer.Line($"  {decision.Reason}");
        var brought = sighting.Delivery is { } delivery ? $"message from {delivery.Sender} at {Moments.Day(delivery.ReceivedAt, time)}" : decision.Trigger;
        printer.Line($"  Decided {Moments.Day(decision.At, time)} ({brought}), decision {decision.Id}{(sighting.DecidedBy is { } rule ? $", by the rule {rule}" : "")}.");
        if (decision.LookAgainAt is { } again)
        {
            printer.Line($"  Looked at again {Moments.Day(again, time)}.");
        }

        if (decision.DeployId is { } deployment)
        {
            printer.Line($"  Deployment {deployment}.");
        }

        if (sighting.Pending is { } question)
        {
            printer.Line(question.State == "open"
                ? $"  It waits for a person: POST /api/decisions/{question.Id}/approve or /decline, or the dashboard."
                : $"  The question to a person is {question.State}{(question.By is { } who ? $" by {who}" : "")}{(question.Note is { } note ? $" ({note})" : "")}. {question.ClosedReason}");
        }

        if (Changes(decision.Changes) is { } changes)
        {
            printer.Line($"  What changes: {changes}");
        }

        if (decision.Rules is { Count: > 0 } rules)
        {
            printer.Table(Columns, [.. rules.OrderBy(finding => finding.Rule != sighting.DecidedBy).ThenBy(finding => IsFine(finding)).Select(Row)]);
        }
    }

    private static IReadOnlyList<Cell> Row(ExplainedRule finding) =>
        [finding.Rule, ((Cell)(IsFine(finding) ? "fine" : finding.Verdict?.ToLowerInvariant())).With(IsFine(finding) ? Mood.Neutral : MoodOf(finding.Verdict)), finding.Reason, finding.WouldChange];

    private static bool IsFine(ExplainedRule finding) => string.Equals(finding.Verdict, "deploy", StringComparison.OrdinalIgnoreCase);

    private static Mood MoodOf(string? verdict) => verdict?.ToLowerInvariant() switch
    {
        "deploy" => Mood.Good,
        "wait" or "ask" => Mood.Doubtful,
        _ => Mood.Neutral,
    };

    private static string? Changes(ExplainedChanges? changes)
    {
        string[] parts =
        [
            .. Part("version", changes?.Version),
            .. Part("revision", changes?.Revision),
            .. changes?.SizeDifference is { } size and not 0 ? (string[])[string.Create(CultureInfo.InvariantCulture, $"{size / 1024d:+0;-0} KiB to pull")] : [],
            .. changes?.CompareLink is { } link ? (string[])[link] : [],
            .. changes?.Unknown is { } unknown ? (string[])[unknown] : [],
        ];
        return parts.Length == 0 ? null : string.Join("; ", parts);
    }

    private static string[] Part(string name, ExplainedChange? change) => change is null ? [] : [$"{name} {change.From ?? "-"} to {change.To ?? "-"}"];
}
