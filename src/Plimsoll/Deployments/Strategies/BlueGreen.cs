using Plimsoll.Apps.Credentials;
using Plimsoll.Deployments.Images;
using Plimsoll.Docker;
using Plimsoll.Plumbing;
using Plimsoll.Registry;

namespace Plimsoll.Deployments.Strategies;

/// <summary>
/// The effects of the blue-green strategy: the new container beside the old one, traffic moved when it is proven, the
/// old one stopped when its requests are over. Each effect may be repeated after a crash without doing harm.
/// </summary>
internal sealed class BlueGreen(
    DockerEngine engine,
    DeploymentJournal journal,
    RegistryCredentials credentials,
    DiskCheck disk,
    ITrafficSwitch traffic,
    FaultPoint faults,
    TimeProvider time)
{
    /// <summary>The engine starts a proven container again by itself, also after a reboot; a candidate that ends must stay ended to be judged.</summary>
    private const string RestartPolicyOnceProven = "unless-stopped";

    private const long BytesOfMegabyte = 1024 * 1024;

    public async Task<StepOutcome> PullAsync(DeploymentContext context, CancellationToken cancellationToken)
    {
        if (await disk.RefuseAsync(context, cancellationToken) is { } tooFull)
        {
            return new StepOutcome.GiveUp(DeploymentReason.DiskTooFull, tooFull);
        }

        var artifact = context.Deployment.Artifact;
        var host = ImageReference.Parse(artifact.Repository).Registry;
        try
        {
            var credential = await credentials.ForPullAsync(host, context.Project.RegistryId, cancellationToken);
            await engine.Images.PullAsync(new PullRequest(artifact.Repository, artifact.Digest.ToString(), credential, null), null, cancellationToken);
            return new StepOutcome.Done();
        }
        catch (RegistryException problem)
        {
            return problem.IsTransient ? new StepOutcome.TryLater(problem.Message) : new StepOutcome.GiveUp(DeploymentReason.PullFailed, problem.Message);
        }
        catch (ImagePullException problem) when (problem.Failure is PullFailure.RegistryUnreachable or PullFailure.RateLimited)
        {
            return new StepOutcome.TryLater(problem.Message);
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            return new StepOutcome.GiveUp(DeploymentReason.PullFailed, problem.Message);
        }
    }

    /// <summary>The instance that this deployment will make; its row is written together with the move to <see cref="DeploymentState.Starting"/>.</summary>
    public async Task<Instance> DescribeInstanceAsync(DeploymentContext context, CancellationToken cancellationToken)
    {
        var deployment = context.Deployment;
        var port = context.Project.Port;
        if (port == 0)
        {
            var image = await engine.Images.InspectAsync(deployment.Artifact.ByDigest, cancellationToken);
            port = image.ExposedTcpPorts.Count == 0 ? 0 : image.ExposedTcpPorts.Min();
        }

        return new Instance
        {
            Id = deployment.Id,
            StageId = deployment.StageId,
            ContainerName = context.ContainerName,
            Repository = deployment.Artifact.Repository,
            Tag = deployment.Artifact.Tag,
            Digest = deployment.Digest,
            Port = port,
            Standing = Standing.Candidate,
            Sequence = deployment.Sequence,
        };
    }

    public async Task<StepOutcome> CreateAsync(DeploymentContext context, CancellationToken cancellationToken)
    {
        var deployment = context.Deployment;
        try
        {
            await engine.Networks.EnsureAsync(
                context.Settings.Network, new Dictionary<string, string> { [Labels.Installation] = context.Installation }, cancellationToken);
            await engine.Containers.CreateAsync(
                new ContainerSpecification
                {
                    Name = context.ContainerName,
                    Image = deployment.Artifact.ByDigest,
                    Environment = context.Project.Environment,
                    Network = context.Settings.Network,
                    RestartPolicy = "no",
                    MemoryBytes = context.Stage.MemoryLimit == 0 ? null : context.Stage.MemoryLimit * BytesOfMegabyte,
                    Cpus = context.Stage.CpuLimit == 0 ? null : context.Stage.CpuLimit,
                    // For whoever else stops it: a person, or the engine when it shuts down.
                    StopTimeout = context.StopGrace,
                    Labels = new Dictionary<string, string>
                    {
                        [Labels.Project] = context.Project.Name,
                        [Labels.Stage] = context.Stage.Name,
                        [Labels.Instance] = deployment.Id,
                        [Labels.Deployment] = deployment.Id,
                        [Labels.Tag] = deployment.Artifact.Tag,
                        [Labels.Digest] = deployment.Digest.ToString(),
                        [Labels.Installation] = context.Installation,
                    },
                },
                cancellationToken);
            await faults.ReachAsync("created-candidate", cancellationToken);
            return new StepOutcome.Done();
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            return new StepOutcome.GiveUp(DeploymentReason.CreateFailed, problem.Message);
        }
    }

    public async Task<StepOutcome> StartAsync(string containerId, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Containers.StartAsync(containerId, cancellationToken);
            return new StepOutcome.Done();
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            return new StepOutcome.GiveUp(DeploymentReason.StartFailed, problem.Message);
        }
    }

    public async Task<StepOutcome> SwitchAsync(DeploymentContext context, ContainerDetails? candidate, CancellationToken cancellationToken)
    {
        var target = journal.FindInstance(context.Deployment.Id)!;
        if (target.Standing != Standing.Live)
        {
            if (candidate is null)
            {
                return new StepOutcome.TryLater("The new container is not there.");
            }

            await engine.Containers.UpdateRestartPolicyAsync(candidate.Id, RestartPolicyOnceProven, cancellationToken);
            await journal.RecordSwitchAsync(context, target, time.GetUtcNow() + TimeSpan.FromSeconds(context.Settings.WatchSeconds), cancellationToken);
            await faults.ReachAsync("recorded-switch", cancellationToken);
        }

        else if (candidate is { State.Running: false })
        {
            // Recorded is recorded: from here there is only forward, and forward means that it runs.
            await engine.Containers.StartAsync(candidate.Id, cancellationToken);
        }

        await traffic.ApplyAsync(cancellationToken);
        return traffic.Serves(target.StageId, target.Id)
            ? new StepOutcome.Done()
            : new StepOutcome.TryLater("The router does not reach the new container yet.");
    }

    /// <summary>Makes the router agree with what is recorded.</summary>
    public Task FollowRecordAsync(CancellationToken cancellationToken) => traffic.ApplyAsync(cancellationToken);

    /// <summary>Makes sure first that the router knows they are withdrawn: a crash may have come between the record and the router.</summary>
    public async Task<int> DrainAsync(IReadOnlyList<string> retiring, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await traffic.ApplyAsync(cancellationToken);
        var limit = until - time.GetUtcNow();
        var cut = await Task.WhenAll(retiring.Select(id => traffic.DrainAsync(id, limit > TimeSpan.Zero ? limit : TimeSpan.Zero, cancellationToken)));
        return cut.Sum();
    }

    /// <summary>Stops with the container's own stop signal and the stage's present grace time, removes it, and forgets it.</summary>
    public async Task<StepOutcome> RemoveInstanceAsync(DeploymentContext context, string instanceId, CancellationToken cancellationToken)
    {
        var found = await engine.Containers.ListAsync(
            new ContainerFilter { Labels = [$"{Labels.Instance}={instanceId}", $"{Labels.Installation}={context.Installation}"], IncludeStopped = true }, cancellationToken);
        try
        {
            foreach (var container in found)
            {
                await engine.Containers.StopAsync(container.Id, context.StopGrace, cancellationToken);
                await engine.Containers.RemoveAsync(container.Id, force: true, removeAnonymousVolumes: true, cancellationToken);
            }
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            return new StepOutcome.TryLater(problem.Message);
        }

        await journal.ForgetInstanceAsync(instanceId, cancellationToken);
        return new StepOutcome.Done();
    }
}
