using System.Text.Json;
using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Schedules;
using Plimsoll.Decisions.Pending;
using Plimsoll.Decisions.Rules;
using Plimsoll.Registry;

namespace Plimsoll.Decisions.Explaining;

/// <summary>Puts together why something was or was not deployed, also when nobody has ever heard of it.</summary>
internal sealed class Explainer(DecisionStore decisions, PendingStore pending, DeliveryTrace deliveries, JobRunStore runs, ScheduleStore schedules, ProjectStore projects)
{
    public const int Most = 20;

    /// <param name="image">Null: whichever. Its tag counts if it has one.</param>
    /// <param name="container">Null: stages and containers alike.</param>
    /// <param name="only">Only of these projects; null: all.</param>
    public Explanation Explain(ImageReference? image, (Project Project, Stage? Stage)? place, string? container, IReadOnlyCollection<long>? only)
    {
        var found = decisions.Latest(new DecisionFilter(image?.Name, place?.Project.Id, place?.Stage?.Id, Container: container), image?.Tag, Most, only);
        return new Explanation(Message(image, place, container, found.Count, only is not null), Of(found));
    }

    public IReadOnlyList<Sighting> Of(IReadOnlyList<RecordedDecision> found)
    {
        var messages = deliveries.Find(found.Select(decision => decision.DeliveryId).OfType<string>());
        return [.. found.Select(decision => new Sighting(
            decision, DecidedBy(decision), pending.OfDecision(decision.Id), decision.DeliveryId is { } delivery ? messages.GetValueOrDefault(delivery) : null))];
    }

    public static string? DecidedBy(RecordedDecision decision) =>
        JsonSerializer.Deserialize(decision.Rules, DecisionsJson.Default.IReadOnlyListRuleFinding)?
            .FirstOrDefault(finding => finding.Verdict != Verdict.Deploy && finding.Verdict.ToString().Equals(decision.Verdict, StringComparison.OrdinalIgnoreCase))?.Rule;

    private string? Message(ImageReference? image, (Project Project, Stage? Stage)? place, string? container, int count, bool isRestricted)
    {
        var undecided = image is null || isRestricted ? [] : deliveries.Undecided(image.Name);
        if (undecided.Count > 0)
        {
            var newest = undecided[0];
            return $"A message about {newest.Image} came in at {Moment.Of(newest.ReceivedAt)} and is not decided yet{(newest.Reason is { } why ? $": {why}" : ".")}";
        }

        if (count > 0)
        {
            return null;
        }

        if (container is not null)
        {
            return $"Nothing was decided about a container {container} yet. {LastScan()}";
        }

        var what = image is not null ? "this image" : place?.Stage is { } stage ? $"an image for {place.Value.Project.Name}/{stage.Name}" : "any image";
        var owner = image is null || isRestricted || projects.ByRepository(image.Name).Count > 0 ? "" : $" No project runs {image.Name}.";
        return $"No message and no scan has named {what}.{owner} {LastScan()}";
    }

    private string LastScan()
    {
        var newest = runs.Newest();
        var last = schedules.List()
            .Where(schedule => schedule.Kind == JobKind.Scan)
            .Select(schedule => newest.GetValueOrDefault(schedule.Id))
            .OfType<JobRun>()
            .MaxBy(run => run.StartedAt);
        return last switch
        {
            null => "Last scan: there was none yet.",
            { FinishedAt: null } => $"Last scan: one is under way since {Moment.Of(last.StartedAt)}.",
            _ => $"Last scan: {Moment.Of(last.StartedAt)}, {last.Result}{(last.Text is { Length: > 0 } text ? $" ({text.TrimEnd('.')})" : "")}.",
        };
    }
}
