using Plimsoll.Docker;

namespace Plimsoll.Deployments;

/// <summary>The last look at a candidate that failed: how it ended, and its last words, which usually are the reason.</summary>
internal sealed class LastLook(DockerEngine engine, DeploymentObserver observer)
{
    public const int MostLines = 50;
    private const int LongestLine = 500;

    public async Task<CandidateFailure> LookAsync(DeploymentContext context, string reasonCode, string? lastProbe, CancellationToken cancellationToken)
    {
        var deployment = context.Deployment;
        var container = deployment.State is DeploymentState.Starting or DeploymentState.Verifying or DeploymentState.Switching
            ? await observer.FindCandidateAsync(deployment, cancellationToken)
            : null;
        if (container is null)
        {
            return CandidateFailure.Unseen with { LastProbe = lastProbe };
        }

        var state = container.State;
        var failure = new CandidateFailure(
            state is { Running: false, StartedAt: not null } ? state.ExitCode : null,
            state.OutOfMemoryKilled,
            lastProbe,
            await LastLinesAsync(container, new HiddenValues(context.Project.Environment), cancellationToken));
        return failure with { WhatToDo = FailureStory.WhatToDo(reasonCode, failure, context.Stage.MemoryLimit) };
    }

    private async Task<IReadOnlyList<string>> LastLinesAsync(ContainerDetails container, HiddenValues hidden, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        try
        {
            await foreach (var line in engine.Containers.ReadLogsAsync(container.Id, new LogRequest { TailLines = MostLines }, cancellationToken))
            {
                lines.Add(Shown(hidden.In(line.Text)));
                if (lines.Count == MostLines)
                {
                    break;
                }
            }
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            // Some log drivers cannot be read back. That must not keep the rollback from happening.
            lines.Add($"(the log could not be read: {problem.Message})");
        }

        return lines;
    }

    /// <summary>As it was written, indented as it was, without what a terminal would act on.</summary>
    private static string Shown(string line)
    {
        var text = new string([.. line.Select(c => char.IsControl(c) && c != '\t' ? ' ' : c)]).TrimEnd();
        return text.Length <= LongestLine ? text : text[..LongestLine] + "…";
    }
}
