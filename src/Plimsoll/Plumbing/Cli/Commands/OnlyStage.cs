using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>Finds the stage that is meant where none is named: the only one there is.</summary>
internal static class OnlyStage
{
    /// <exception cref="CommandFailedException">The project has several stages, or none.</exception>
    public static async Task<StageName> OfAsync(StageName target, ApiClient api, CancellationToken cancellationToken)
    {
        if (target.Stage is not null)
        {
            return target;
        }

        var data = await api.GetAsync($"api/projects/{ApiClient.Part(target.Project)}", cancellationToken);
        var names = (data.To(CliJson.Default.ProjectStatus).Stages ?? []).Select(stage => stage.Name).OfType<string>().ToList();
        return names switch
        {
            [var only] => target with { Stage = only },
            [] => throw new CommandFailedException(ExitCode.Problem, $"The project {target.Project} has no stage to deploy to."),
            _ => throw new CommandFailedException(
                ExitCode.Problem,
                $"The project {target.Project} has several stages: {string.Join(", ", names)}. Say which, for example {target.Project}/{names[0]}."),
        };
    }
}
