using Plimsoll.Deployments.Readiness;
using Plimsoll.Deployments.Strategies;
using Plimsoll.Docker;
using Plimsoll.Plumbing;

namespace Plimsoll.Deployments.ByHand;

/// <summary>
/// Does what a person wants of an instance. Each effect may be repeated after a crash without doing harm, and the move that
/// ends it is written only if the person still wants the same.
/// </summary>
internal sealed class WishWork(
    DockerEngine engine, InstanceStore instances, DeploymentStore deployments, DeploymentObserver observer, BlueGreen blueGreen, WishJournal journal, FaultPoint faults, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public async Task StopAsync(DeploymentContext made, Instance instance, CancellationToken cancellationToken)
    {
        await faults.ReachAsync("before-stop-by-hand", cancellationToken);
        var cut = await blueGreen.DrainAsync([instance.Id], DrainUntil(made), cancellationToken);
        if (await observer.FindCandidateAsync(made.Deployment, cancellationToken) is { } container)
        {
            await engine.Containers.StopAsync(container.Id, made.StopGrace, cancellationToken);
        }

        if (instance.Wish == Wish.Restarting)
        {
            await journal.MoveAsync(instance, Wish.Starting, cancellationToken);
        }
        else
        {
            var requests = cut > 0 ? $" {cut} request(s) were cut off when the drain time was over." : "";
            await journal.EndAsync(made, instance, Wish.Stopped, "instance-stopped", $"{Version(made)} is stopped, and stays so until somebody starts it.{requests}", cancellationToken);
        }
    }

    /// <summary>Ends early, without having done it, when a deployment of the stage comes in or the person wants something else.</summary>
    public async Task StartAsync(DeploymentContext made, Instance instance, CancellationToken cancellationToken)
    {
        await faults.ReachAsync("before-start-by-hand", cancellationToken);
        // It may have been in the router until now.
        await blueGreen.DrainAsync([instance.Id], DrainUntil(made), cancellationToken);
        if (await observer.FindCandidateAsync(made.Deployment, cancellationToken) is not { } container)
        {
            await FailAsync(made, instance, null, "Its container is gone; deploy it again.", cancellationToken);
            return;
        }

        try
        {
            await engine.Containers.StartAsync(container.Id, cancellationToken);
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            await FailAsync(made, instance, container, problem.Message, cancellationToken);
            return;
        }

        await faults.ReachAsync("started-by-hand", cancellationToken);
        await ProveAsync(made, instance, container, cancellationToken);
    }

    public async Task RemoveAsync(DeploymentContext made, Instance instance, CancellationToken cancellationToken)
    {
        if (await blueGreen.RemoveInstanceAsync(made, instance.Id, cancellationToken) is StepOutcome.TryLater later)
        {
            throw new NotYetException(later.Why);
        }

        await journal.SayAsync(made, "instance-removed", $"{Version(made)} was removed.", cancellationToken);
        await faults.ReachAsync("removed-by-hand", cancellationToken);
    }

    /// <summary>Lets the requests on all of them finish at the same time.</summary>
    public async Task DrainAsync(DeploymentContext made, IReadOnlyList<Instance> leaving, CancellationToken cancellationToken)
    {
        await faults.ReachAsync("before-remove-by-hand", cancellationToken);
        await blueGreen.DrainAsync([.. leaving.Select(instance => instance.Id)], DrainUntil(made), cancellationToken);
    }

    private async Task ProveAsync(DeploymentContext made, Instance instance, ContainerDetails container, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var probation = Probation.Begun;
        while (deployments.NextOf(instance.StageId) is null && instances.Find(instance.Id)?.Wish == instance.Wish)
        {
            var seen = await observer.ObserveProofAsync(made, wasInterrupted: false, probation, cancellationToken);
            probation = seen.Probation;
            var isLate = time.GetUtcNow() >= started + DeploymentRun.HealthTime(made) + seen.StartPeriod;
            switch (probation.Standing)
            {
                case ReadinessFinding.Ready:
                    await journal.EndAsync(made, instance, Wish.None, "instance-started", $"{Version(made)} runs and has proven itself.", cancellationToken);
                    await blueGreen.FollowRecordAsync(cancellationToken);
                    return;
                case ReadinessFinding.Broken broken:
                    await FailAsync(made, instance, container, broken.Sentence, cancellationToken);
                    return;
                case ReadinessFinding.NotYet notYet when isLate || seen.Candidate == CandidateStatus.Absent:
                    await FailAsync(made, instance, container, $"It did not become healthy in time: {notYet.Why}.", cancellationToken);
                    return;
                default:
                    await Task.Delay(BetweenLooks, time, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>What could not prove itself gets no traffic and does not run on unseen: it is stopped again, and the reason is kept.</summary>
    private async Task FailAsync(DeploymentContext made, Instance instance, ContainerDetails? container, string why, CancellationToken cancellationToken)
    {
        if (container is not null)
        {
            try
            {
                await engine.Containers.StopAsync(container.Id, made.StopGrace, cancellationToken);
            }
            catch (DockerNotFoundException)
            {
                // Somebody else removed it meanwhile: as good as stopped.
            }
        }

        await journal.EndAsync(made, instance, Wish.Stopped, "instance-not-started", $"{Version(made)} was not started: {why}", cancellationToken, why);
    }

    private DateTimeOffset DrainUntil(DeploymentContext made) => time.GetUtcNow() + TimeSpan.FromSeconds(made.Settings.DrainSeconds);

    private static string Version(DeploymentContext made) => $"{made.Deployment.Artifact.Tag} on {made.Project.Name}/{made.Stage.Name}";
}
