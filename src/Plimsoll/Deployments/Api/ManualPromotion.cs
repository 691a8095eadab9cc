using System.Text.Json;
using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>
/// A person moves what is live in the stage before on to the next one: the very same digest. The registry is not asked, as the tag
/// may name another image by now.
/// </summary>
internal sealed class ManualPromotion(Store store, ProjectStore projects, StageStore stages, ICandidateJudge judge)
{
    public async Task<Outcome<PromotionResponse>> LookAsync(string projectId, string stageName, CancellationToken cancellationToken)
    {
        if (Find(projectId, stageName, out var project, out var stage) is { } refusal)
        {
            return refusal;
        }

        var found = await store.WriteAsync(scope => Read(scope, project, stage), cancellationToken);
        var no = Objection(project, stage, found, null);
        return new PromotionResponse(
            project.Name, stage.Name, stage.PromoteFrom, project.Repository, found.Source?.Tag, found.Source?.Digest.ToString(), found.Live?.Tag, found.Live?.Digest.ToString(), stage.Confirm,
            no is null, no, found.Changes is null ? null : JsonSerializer.SerializeToElement(found.Changes, DecisionsJson.Default.ImageChanges));
    }

    public async Task<Outcome<Judgement>> PromoteAsync(string projectId, string stageName, PromoteRequest request, string requestedBy, CancellationToken cancellationToken)
    {
        if (Find(projectId, stageName, out var project, out var stage) is { } refusal)
        {
            return refusal;
        }

        var found = await store.WriteAsync(scope => Read(scope, project, stage), cancellationToken);
        if (Objection(project, stage, found, request.Tag) is { } no)
        {
            return Refusal.Conflict(no);
        }

        if (stage.Confirm && request.Confirm != true)
        {
            return Refusal.Invalid("confirm", $"{project.Name}/{stage.Name} wants each deployment confirmed. Ask again with confirm: true.");
        }

        // The rule promote-from looks again, in the transaction: what is live there may have changed since.
        var judgements = await judge.JudgeAsync(
            new Candidate
            {
                Artifact = new Artifact(project.Repository, found.Source!.Tag, found.Source.Digest),
                Trigger = CandidateTrigger.Manual,
                RequestedBy = requestedBy,
                StageId = stage.Id,
                Confirmed = request.Confirm ?? false,
            },
            cancellationToken);
        return judgements[0] is { ReasonCode: ReasonCode.ConfirmationNeeded } frozen ? Refusal.Invalid("confirm", frozen.Reason) : judgements[0];
    }

    private static string? Objection(Project project, Stage stage, Standings found, string? tag)
    {
        var (place, source) = ($"{project.Name}/{stage.Name}", $"{project.Name}/{stage.PromoteFrom}");
        return found switch
        {
            _ when stage.Deleting => $"{place} is being deleted.",
            _ when stage.PromoteFrom is null => $"{place} takes images from the registry: no stage is named in promoteFrom.",
            { Source: null } => $"Nothing is live on {source}, so there is nothing to promote to {place}.",
            { Source: { } live } when tag is not null && tag != live.Tag => $"On {source} {live.Tag} is live by now, not {tag}.",
            { Source: { Trouble: { } trouble } } => $"What is live on {source} is not well: {trouble}",
            { Source: { } live, Live: { } here } when here.Digest == live.Digest => $"{live.Tag} with this very digest is live on {place} already.",
            _ => null,
        };
    }

    private static Standings Read(WriteScope scope, Project project, Stage stage)
    {
        var source = stage.PromoteFrom is { } name && StageStore.FindIn(scope, project.Id, name) is { } from ? InstanceStore.LiveOf(scope, from.Id) : null;
        var live = InstanceStore.LiveOf(scope, stage.Id);
        var changes = source is null ? null : ImageChanges.Between(
            live is null ? null : ImageBook.FindIn(scope, project.Repository, live.Digest) ?? new ImageFacts(DateTimeOffset.MinValue),
            ImageBook.FindIn(scope, project.Repository, source.Digest));
        return new Standings(source, live, changes);
    }

    private Refusal? Find(string projectId, string stageName, out Project project, out Stage stage)
    {
        (project, stage) = (null!, null!);
        if (projects.Find(projectId) is not { } found)
        {
            return Refusal.NotFound($"There is no project '{projectId}'.");
        }

        if (stages.Find(found.Id, stageName) is not { } place)
        {
            return Refusal.NotFound($"The project {found.Name} has no stage '{stageName}'.");
        }

        (project, stage) = (found, place);
        return null;
    }

    private sealed record Standings(RunningArtifact? Source, RunningArtifact? Live, ImageChanges? Changes);
}
