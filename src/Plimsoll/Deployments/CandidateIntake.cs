using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Pending;
using Plimsoll.Decisions.Waiting;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Deployments;

/// <summary>
/// Decides about a candidate and queues its deployment in one transaction: the same webhook ten times at once finds the
/// first one's deployment already there (invariant 5).
/// </summary>
internal sealed class CandidateIntake(
    Store store,
    ProjectStore projects,
    StageStore stages,
    DecisionRecord record,
    DeploymentStore deployments,
    DeploymentLoop loop,
    CandidateImages images,
    TimeProvider time) : ICandidateJudge
{
    public async Task<IReadOnlyList<Judgement>> JudgeAsync(Candidate candidate, CancellationToken cancellationToken) =>
        (await JudgeIfAsync(candidate, _ => true, cancellationToken))!;

    public async Task<IReadOnlyList<Judgement>?> JudgeIfAsync(Candidate candidate, Func<WriteScope, bool> isWanted, CancellationToken cancellationToken)
    {
        var places = projects.ByRepository(candidate.Artifact.Repository)
            .Where(project => candidate.OnlyProjects?.Contains(project.Id) != false)
            .SelectMany(project => stages.OfProject(project.Id).Select(stage => (Project: project, Stage: stage)))
            .Where(place => candidate.StageId is null || place.Stage.Id == candidate.StageId)
            .Select(place => (ProjectId: place.Project.Id, StageId: place.Stage.Id))
            .ToList();
        if (places.Count > 0 && images.AreToBeRead(candidate.Artifact))
        {
            // Registries count each reading: only for what is not refused without it.
            var wanted = await store.WriteAsync(scope => ImagesToRead(scope, candidate, places), cancellationToken);
            await images.ReadAsync(wanted, cancellationToken);
        }

        var judgements = places.Count == 0 ? [] : await store.WriteAsync<IReadOnlyList<Judgement>?>(
            scope => isWanted(scope) ? [.. JudgeEach(scope, candidate, places)] : null, cancellationToken);
        return judgements is { Count: 0 } ? await RefuseAsync(candidate, cancellationToken) : judgements;
    }

    public Task<Judgement> RecordRefusalAsync(RefusedSighting sighting, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            record.Add(scope, new RecordedDecision
            {
                Trigger = sighting.Trigger.ToString().ToLowerInvariant(),
                Repository = sighting.Repository,
                Tag = sighting.Tag,
                StageId = sighting.StageId,
                Verdict = sighting.Verdict.ToString().ToLowerInvariant(),
                ReasonCode = sighting.ReasonCode,
                Reason = sighting.Reason,
                DeliveryId = sighting.DeliveryId,
            });
            return new Judgement(sighting.Verdict, sighting.ReasonCode, sighting.Reason, null, null, null);
        },
        cancellationToken);

    private IEnumerable<Judgement> JudgeEach(WriteScope scope, Candidate candidate, IEnumerable<(long ProjectId, long StageId)> places)
    {
        images.See(scope, candidate.Artifact);
        foreach (var (project, stage) in Present(scope, candidate, places))
        {
            yield return Judge(scope, candidate, project, stage);
        }
    }

    /// <summary>Project and stage are read again inside: they may have been changed or removed since they were looked up.</summary>
    private IEnumerable<(Project Project, Stage Stage)> Present(WriteScope scope, Candidate candidate, IEnumerable<(long ProjectId, long StageId)> places)
    {
        foreach (var place in places)
        {
            if (projects.Find(scope, place.ProjectId) is { } project && StageStore.FindIn(scope, place.StageId) is { Deleting: false } stage && project.Repository == candidate.Artifact.Repository)
            {
                yield return (project, stage);
            }
        }
    }

    /// <summary>The images that the answer depends on, with the registry whose credentials go first: none where the answer is no anyway.</summary>
    private List<(string Repository, Digest Digest, long? RegistryId)> ImagesToRead(WriteScope scope, Candidate candidate, IEnumerable<(long ProjectId, long StageId)> places)
    {
        images.See(scope, candidate.Artifact);
        var wanted = new List<(string, Digest, long?)>();
        foreach (var (project, stage) in Present(scope, candidate, places))
        {
            var facts = ReadFacts(scope, candidate, project, stage);
            if (Decider.Decide(candidate, facts, time.GetUtcNow()).Verdict != Verdict.Skip)
            {
                wanted.Add((project.Repository, candidate.Artifact.Digest, project.RegistryId));
                if (facts.Live is { } live)
                {
                    wanted.Add((project.Repository, live.Digest, project.RegistryId));
                }
            }
        }

        return wanted;
    }

    private Judgement Judge(WriteScope scope, Candidate candidate, Project project, Stage stage)
    {
        BlockStore.ForgetOthersUnderTag(scope, stage.Id, candidate.Artifact.Tag, candidate.Artifact.Digest);
        var facts = ReadFacts(scope, candidate, project, stage);
        var decision = Decider.Decide(candidate, facts, time.GetUtcNow());
        var changes = decision.Verdict == Verdict.Skip ? null : ImageChanges.Between(facts.Live is null ? null : facts.LiveImage ?? new ImageFacts(time.GetUtcNow()), facts.Image);
        if (decision.Verdict == Verdict.Deploy)
        {
            decision = decision with
            {
                DeploymentId = deployments.Enqueue(
                    scope, stage.Id, candidate.Artifact, candidate.Trigger, candidate.RequestedBy, candidate.RollbackOf, candidate.AskedAt, changes?.Summary()),
            };
            scope.AfterCommit(() => loop.LookAt(stage.Id));
            if (candidate.Trigger == CandidateTrigger.Manual)
            {
                scope.Record(new Change(candidate.RollbackOf is null ? "deployment-asked-for" : "rollback-asked-for", $"{project.Name}/{stage.Name}")
                {
                    After = new AskedDeployment(decision.DeploymentId!, candidate.Artifact.ToString(), candidate.RollbackOf),
                    Project = project.Name,
                });
            }
        }

        record.Add(scope, candidate, facts, decision, changes);
        return new Judgement(decision.Verdict, decision.ReasonCode, decision.Reason, project.Name, stage.Name, decision.DeploymentId);
    }

    private static StageFacts ReadFacts(WriteScope scope, Candidate candidate, Project project, Stage stage)
    {
        var live = InstanceStore.LiveOf(scope, stage.Id);
        // Who asks by hand speaks for themselves: what others said before does not confirm it for them.
        var approval = candidate.Trigger == CandidateTrigger.Manual ? null : PendingStore.AnswerTo(scope, stage.Id, candidate.Artifact, PendingState.Approved);
        return new StageFacts
        {
            Project = project,
            Stage = stage,
            Live = live,
            Pending = [.. DeploymentStore.UnfinishedOf(scope, stage.Id)
                .Where(pending => pending.State != DeploymentState.RollingBack)
                .Select(pending => new PendingDeployment(pending.Id, pending.Artifact.Tag, pending.Digest, pending.State == DeploymentState.Queued))],
            Block = BlockStore.Find(scope, stage.Id, candidate.Artifact.Digest),
            Later = (candidate.AskedAt is { } asked ? DeploymentStore.AskedAfter(scope, stage.Id, asked) : null)
                ?? (candidate.Trigger != CandidateTrigger.Manual ? WaitingStore.Superseder(scope, stage.Id, candidate.Artifact) : null),
            LiveInSource = stage.PromoteFrom is { } source && StageStore.FindIn(scope, project.Id, source) is { } sourceStage
                ? InstanceStore.LiveOf(scope, sourceStage.Id)
                : null,
            Image = ImageBook.FindIn(scope, project.Repository, candidate.Artifact.Digest),
            LiveImage = live is null ? null : ImageBook.FindIn(scope, project.Repository, live.Digest),
            LeftDeployment = DeploymentStore.LeftOf(scope, stage.Id, candidate.Artifact.Digest),
            ApprovedBy = approval?.AnsweredBy,
            ApprovalConfirms = approval is { Confirmed: true },
            Declined = PendingStore.AnswerTo(scope, stage.Id, candidate.Artifact, PendingState.Declined) is { } no ? new DeclinedVersion(no.AnsweredBy!, no.Note) : null,
            Snoozed = QuietStore.SnoozeOf(scope, stage.Id, candidate.Artifact.Repository),
            Skipped = QuietStore.SkipOf(scope, stage.Id, candidate.Artifact),
        };
    }

    private async Task<IReadOnlyList<Judgement>> RefuseAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        var hasProject = projects.ByRepository(candidate.Artifact.Repository).Count > 0;
        var (code, reason) = hasProject
            ? (ReasonCode.NoStage, $"The project of {candidate.Artifact.Repository} has no stage for it.")
            : (ReasonCode.NoProject, $"No project runs {candidate.Artifact.Repository}, and projects are not made by themselves (settings: autoCreateProjects).");
        return [await RecordRefusalAsync(
            new RefusedSighting(candidate.Artifact.Repository, candidate.Artifact.Tag, candidate.Trigger, Verdict.Skip, code, reason, candidate.DeliveryId), cancellationToken)];
    }
}
