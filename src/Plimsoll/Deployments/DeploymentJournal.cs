using Plimsoll.Decisions;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Deployments;

/// <summary>What must change together, changes together: each method is one transaction over deployment, instances, blocks, routes and events.</summary>
internal sealed class DeploymentJournal(Store store, DeploymentStore deployments, InstanceStore instances, BlockStore blocks, ITrafficSwitch traffic, EventLog events)
{
    /// <param name="candidate">The instance that the next state makes, written before its container exists.</param>
    public Task MoveAsync(DeploymentContext context, DeploymentState to, string text, DateTimeOffset? deadline, Instance? candidate, CancellationToken cancellationToken) =>
        store.WriteAsync(
            scope =>
            {
                if (candidate is not null)
                {
                    instances.Add(scope, candidate);
                }

                deployments.Advance(scope, context.Deployment, to, text, null, deadline);
                if (to == DeploymentState.Draining)
                {
                    WithdrawSurplus(scope, context);
                }
            },
            cancellationToken);

    /// <summary>The deployment begins: from here on it has its configuration and its time.</summary>
    public Task BeginAsync(DeploymentContext context, string text, byte[] snapshot, DateTimeOffset pullDeadline, DateTimeOffset deadline, CancellationToken cancellationToken) =>
        store.WriteAsync(
            scope =>
            {
                var begun = context.Deployment with { SnapshotSealed = context.Deployment.SnapshotSealed ?? snapshot, Deadline = deadline };
                deployments.Advance(scope, begun, DeploymentState.Pulling, text, null, pullDeadline);
                Tell(scope, context, "deployment-started", $"Deploying {context.Deployment.Artifact} to {context.Project.Name}/{context.Stage.Name}.{(context.Deployment.Changes is { } changes ? " " + changes : "")}");
            },
            cancellationToken);

    /// <summary>The decision to give up, the reason, and the block on the digest if the image was at fault.</summary>
    public Task RollBackAsync(DeploymentContext context, string reasonCode, string sentence, CandidateFailure failure, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => RollBack(scope, context, reasonCode, sentence, failure), cancellationToken);

    /// <summary>As <see cref="RollBackAsync"/>, after traffic went to the candidate: in the same breath what served before gets it back.</summary>
    public Task ReturnTrafficAsync(DeploymentContext context, string reasonCode, string sentence, CandidateFailure failure, CancellationToken cancellationToken) =>
        store.WriteAsync(
            scope =>
            {
                var deployment = context.Deployment;
                InstanceStore.SetStanding(scope, deployment.Id, Standing.Candidate);
                traffic.Withdraw(scope, [deployment.Id]);
                var previous = InstanceStore.OfStage(scope, deployment.StageId).FirstOrDefault(instance => instance.Id == deployment.PreviousInstanceId);
                if (previous is not null)
                {
                    InstanceStore.SetStanding(scope, previous.Id, Standing.Live);
                    traffic.Record(scope, new TrafficChange(context.Settings, context.Project, context.Stage, previous));
                }

                RollBack(scope, context, reasonCode, sentence, failure);
                var text = previous is null ? "There is no earlier version to return to." : $"Traffic went back to {previous.Tag}.";
                deployments.AddStep(scope, deployment.Id, DeploymentState.RollingBack, text);
                Tell(scope, context, "traffic-returned", $"{context.Project.Name}/{context.Stage.Name}: {sentence} {text}");
            },
            cancellationToken);

    public Task FinishAsync(DeploymentContext context, DeploymentStep.Finish finish, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var deployment = context.Deployment;
            if (finish.State is DeploymentState.RolledBack or DeploymentState.Failed or DeploymentState.Cancelled)
            {
                InstanceStore.Remove(scope, deployment.Id);
            }

            deployments.Advance(scope, deployment, finish.State, finish.Sentence, finish.ReasonCode);
            var serving = InstanceStore.LiveOf(scope, deployment.StageId) is { } live ? $"{live.Tag} goes on serving." : "Nothing is live on this stage.";
            Tell(
                scope,
                context,
                "deployment-" + DeploymentTransitions.Name(finish.State),
                finish.State == DeploymentState.Succeeded ? finish.Sentence : $"{deployment.Artifact} was not deployed: {finish.Sentence} {serving}");
        },
        cancellationToken);

    /// <summary>The switch itself, as a fact: who is live, who is kept warm for the watch, and where every face points.</summary>
    public Task RecordSwitchAsync(DeploymentContext context, Instance target, DateTimeOffset watchUntil, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var previous = InstanceStore.OfStage(scope, target.StageId).FirstOrDefault(instance => instance.Standing == Standing.Live);
            if (previous is not null)
            {
                InstanceStore.SetStanding(scope, previous.Id, Standing.Kept);
            }

            InstanceStore.SetStanding(scope, target.Id, Standing.Live);
            traffic.Record(scope, new TrafficChange(context.Settings, context.Project, context.Stage, target));
            deployments.RecordSwitch(scope, context.Deployment, previous?.Id, watchUntil);
        },
        cancellationToken);

    public Task CountStartAsync(Deployment deployment, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => deployments.CountStart(scope, deployment), cancellationToken);

    public Task ForgetInstanceAsync(string instanceId, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => InstanceStore.Remove(scope, instanceId), cancellationToken);

    public Task SayAsync(Deployment deployment, string text, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => deployments.AddStep(scope, deployment.Id, deployment.State, text), cancellationToken);

    public Instance? FindInstance(string id) => instances.Find(id);

    public IReadOnlyList<string> Retiring(long stageId) =>
        [.. instances.OfStage(stageId).Where(instance => instance.Standing == Standing.Retiring).Select(instance => instance.Id)];

    private void WithdrawSurplus(WriteScope scope, DeploymentContext context)
    {
        var ofStage = InstanceStore.OfStage(scope, context.Stage.Id);
        var live = ofStage.First(instance => instance.Id == context.Deployment.Id);
        var surplus = InstanceRetention.Surplus(ofStage, live, context.Stage.MaxInstances);
        foreach (var id in surplus)
        {
            InstanceStore.SetStanding(scope, id, Standing.Retiring);
        }

        traffic.Withdraw(scope, surplus);
    }

    private void RollBack(WriteScope scope, DeploymentContext context, string reasonCode, string sentence, CandidateFailure failure)
    {
        var deployment = context.Deployment;
        foreach (var line in failure.Log)
        {
            deployments.AddStep(scope, deployment.Id, deployment.State, "log: " + line);
        }

        if (reasonCode != DeploymentReason.Cancelled)
        {
            sentence = FailureStory.Tell(sentence, failure);
            FailureStore.Add(scope, deployment.Id, failure);
        }

        deployments.Advance(scope, deployment, DeploymentState.RollingBack, sentence, reasonCode);
        if (failure.WhatToDo is { } advice)
        {
            deployments.AddStep(scope, deployment.Id, DeploymentState.RollingBack, "What to do: " + advice);
        }

        if (DeploymentReason.ProvesImageBad(reasonCode))
        {
            blocks.Add(scope, deployment.StageId, deployment.Artifact.Repository, new BlockedDigest(deployment.Digest, deployment.Artifact.Tag, sentence, deployment.Id), reasonCode);
        }
    }

    private void Tell(WriteScope scope, DeploymentContext context, string kind, string text) =>
        events.Append(scope, kind, text, context.Project.Name, context.Stage.Name, context.Deployment.Id);
}
