using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Deployments.Recovery;

/// <summary>What recovery did, each as one transaction.</summary>
internal sealed class RecoveryJournal(Store store, DeploymentStore deployments, DecisionStore decisions, EventLog events, DeploymentLoop loop)
{
    private const string Recovery = "recovery";

    public Task SayStartedAsync(DeploymentContext made, CancellationToken cancellationToken) =>
        SayAsync(made, "instance-started", $"The container of {Version(made)} did not run and was started again.", null, cancellationToken);

    public Task SayNotStartedAsync(DeploymentContext made, string problem, CancellationToken cancellationToken) =>
        SayAsync(made, "instance-not-started", $"The container of {Version(made)} does not run and could not be started: {problem}", $"its container does not run and could not be started: {problem}", cancellationToken);

    /// <summary>
    /// Queues the same artifact once more. Nothing is decided anew: what was live may be so again, whatever the rules would
    /// say of a newcomer.
    /// </summary>
    /// <param name="made">The deployment that made the live instance.</param>
    /// <returns>False when the stage has other work; that comes first and may make this unnecessary.</returns>
    public Task<bool> RedeployAsync(DeploymentContext made, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var (lost, stageId) = (made.Deployment, made.Stage.Id);
            if (DeploymentStore.UnfinishedOf(scope, stageId).Count > 0)
            {
                return false;
            }

            if (!InstanceStore.OfStage(scope, stageId).Any(instance => instance.Id == lost.Id && instance.Standing == Standing.Live))
            {
                return true;
            }

            InstanceStore.SetTrouble(scope, lost.Id, "its container is gone and is being made again.");
            var id = deployments.Enqueue(scope, stageId, lost.Artifact, CandidateTrigger.Manual, Recovery, rollbackOf: lost.Id);
            var reason = $"The container of {Version(made)} is gone, so it is deployed again.";
            decisions.Add(scope, Decision(made, reason, id));
            events.Append(scope, "instance-missing", reason, made.Project.Name, made.Stage.Name, id);
            scope.AfterCommit(() => loop.LookAt(stageId));
            return true;
        },
        cancellationToken);

    private static RecordedDecision Decision(DeploymentContext made, string reason, string deploymentId) => new()
    {
        Trigger = CandidateTrigger.Manual.ToString().ToLowerInvariant(),
        Repository = made.Deployment.Artifact.Repository,
        Tag = made.Deployment.Artifact.Tag,
        Digest = made.Deployment.Digest,
        ProjectId = made.Project.Id,
        StageId = made.Stage.Id,
        Project = made.Project.Name,
        Stage = made.Stage.Name,
        Verdict = Verdict.Deploy.ToString().ToLowerInvariant(),
        ReasonCode = ReasonCode.AskedFor,
        Reason = reason,
        DeploymentId = deploymentId,
    };

    private Task SayAsync(DeploymentContext made, string kind, string text, string? trouble, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            InstanceStore.SetTrouble(scope, made.Deployment.Id, trouble);
            events.Append(scope, kind, text, made.Project.Name, made.Stage.Name, made.Deployment.Id);
        },
        cancellationToken);

    private static string Version(DeploymentContext made) => $"{made.Deployment.Artifact.Tag} on {made.Project.Name}/{made.Stage.Name}";
}
