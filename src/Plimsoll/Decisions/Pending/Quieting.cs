using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Decisions.Containers;
using Plimsoll.Decisions.Rules;
using Plimsoll.Decisions.Waiting;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Decisions.Pending;

/// <summary>"Not now" and "not this one", and taking that back. Each time what waits on the stage, or the container, is judged again.</summary>
internal sealed class Quieting(Store store, DecisionStore decisions, PendingStore pending, QuietStore quiet, WaitingStore waiting, ICandidateJudge judge, IContainerLook containers, EventLog events)
{
    public Task<Outcome<RecordedDecision>> SnoozeAsync(long id, DateTimeOffset until, string who, CancellationToken cancellationToken) => ChangeAsync(
        id, "decision-snoozed", about => $"{who} wants to hear nothing of {about.Repository} on {Place(about)} until {Moment.Of(until)}.", until,
        (scope, about) =>
        {
            quiet.Snooze(scope, about, until, who);
            return null;
        },
        cancellationToken);

    public Task<Outcome<RecordedDecision>> EndSnoozeAsync(long id, string who, CancellationToken cancellationToken) => ChangeAsync(
        id, "snooze-ended", about => $"{who} wants to hear of {about.Repository} on {Place(about)} again.", null,
        (scope, about) => QuietStore.EndSnooze(scope, about) ? null : Refusal.NotFound($"{Place(about)} is not snoozed."),
        cancellationToken);

    public Task<Outcome<RecordedDecision>> SkipAsync(long id, bool wholeTag, string who, CancellationToken cancellationToken) => ChangeAsync(
        id, "version-skipped", about => $"{who} wants {(wholeTag ? "whatever comes under " : "")}{about.Tag} left out of {Place(about)}.", null,
        (scope, about) =>
        {
            quiet.Skip(scope, about, wholeTag, who);
            return null;
        },
        cancellationToken);

    public Task<Outcome<RecordedDecision>> EndSkipAsync(long id, string who, CancellationToken cancellationToken) => ChangeAsync(
        id, "skip-ended", about => $"{who} does not want {about.Tag} left out of {Place(about)} any more.", null,
        (scope, about) => QuietStore.EndSkip(scope, about) ? null : Refusal.NotFound($"{about.Tag} is not left out of {Place(about)}."),
        cancellationToken);

    private async Task<Outcome<RecordedDecision>> ChangeAsync(
        long id, string action, Func<RecordedDecision, string> sentence, DateTimeOffset? until, Func<WriteScope, RecordedDecision, Refusal?> change, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } about)
        {
            return Refusal.NotFound($"There is no decision {id}.");
        }

        if ((about.StageId is null && about.Container is null) || about.Digest is null)
        {
            return Refusal.Conflict("Only what was decided about a version for a container, or for a stage that is still there, can be snoozed or skipped.");
        }

        var refusal = await store.WriteAsync(
            scope =>
            {
                if (about.StageId is { } stageId && StageStore.FindIn(scope, stageId) is null)
                {
                    return Refusal.Conflict($"{Place(about)} is gone.");
                }

                if (change(scope, about) is { } no)
                {
                    return no;
                }

                if (about.StageId is { } told)
                {
                    PendingStore.ForgetTold(scope, told);
                }

                events.Append(scope, action, sentence(about), about.Project, about.Stage);
                scope.Record(new Change(action, Place(about))
                {
                    After = new AnsweredDecision(id, $"{about.Repository}:{about.Tag}@{about.Digest}", null, until?.ToString("u", System.Globalization.CultureInfo.InvariantCulture)),
                    Project = about.Project,
                });
                return null;
            },
            cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        await (about.StageId is { } stage ? JudgeAgainAsync(stage, about, cancellationToken) : containers.JudgeAgainAsync(about.Container!, cancellationToken));
        return about;
    }

    /// <summary>What waits for its time, what waits for a person, and the newest of the tag that it is about: it may wait for neither any more.</summary>
    private async Task JudgeAgainAsync(long stageId, RecordedDecision about, CancellationToken cancellationToken)
    {
        IEnumerable<Candidate> waits =
        [
            .. waiting.List().Where(candidate => candidate.StageId == stageId).Select(candidate => candidate.ToCandidate() with { IsRepeated = true }),
            .. pending.Open(stageId).Select(question => question.ToCandidate()),
            .. decisions.NewestOf(stageId, about.Tag) is { Trigger: not "manual", ReasonCode: ReasonCode.VersionSkipped or ReasonCode.Snoozed } newest ? (Candidate[])[Again(newest)] : [],
        ];
        foreach (var candidate in waits.DistinctBy(candidate => candidate.Artifact))
        {
            await judge.JudgeAsync(candidate, cancellationToken);
        }
    }

    private static string Place(RecordedDecision about) => about.Container is { } container ? $"the container {container}" : $"{about.Project}/{about.Stage}";

    private static Candidate Again(RecordedDecision decision) => new()
    {
        Artifact = new Artifact(decision.Repository, decision.Tag, decision.Digest!.Value),
        Trigger = Enum.Parse<CandidateTrigger>(decision.Trigger, ignoreCase: true),
        RequestedBy = decision.Trigger,
        StageId = decision.StageId,
        DeliveryId = decision.DeliveryId,
        AskedAt = decision.At,
        IsRepeated = true,
    };

    /// <summary>A question outlives the record of the decision that asked it.</summary>
    private RecordedDecision? Find(long id) => decisions.Find(id) ?? (pending.Find(id) is not { } question ? null : new RecordedDecision
    {
        Id = id, Repository = question.Repository, Tag = question.Tag, Digest = question.Digest, StageId = question.StageId, ProjectId = question.ProjectId,
        Project = question.Project, Stage = question.Stage, Reason = question.Reason, ReasonCode = question.ReasonCode, Trigger = question.Trigger,
    });
}
