using Plimsoll.Docker;

namespace Plimsoll.Deployments;

/// <summary>The last words of a candidate that failed: usually they are the reason.</summary>
internal sealed class CandidateLog(DockerEngine engine, DeploymentObserver observer, DeploymentContexts contexts)
{
    public const int MostLines = 50;
    private const int LongestLine = 500;

    public async Task<IReadOnlyList<string>> LastLinesAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        if (deployment.State is not (DeploymentState.Starting or DeploymentState.Verifying or DeploymentState.Switching))
        {
            return [];
        }

        var container = await observer.FindCandidateAsync(deployment, cancellationToken);
        if (container is null)
        {
            return [];
        }

        var hidden = new HiddenValues(contexts.For(deployment)?.Project.Environment ?? new Dictionary<string, string>());
        var lines = new List<string>();
        try
        {
            await foreach (var line in engine.Containers.ReadLogsAsync(container.Id, new LogRequest { TailLines = MostLines }, cancellationToken))
            {
                // Hidden first and cut then: half a password is still one.
                var text = hidden.In(line.Text);
                lines.Add(text.Length <= LongestLine ? text : text[..LongestLine] + "…");
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
}
