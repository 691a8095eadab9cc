using System.CommandLine;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll rollback</c>: brings back the version before the live one, or a deployment that is named.</summary>
internal sealed class RollbackCommand
{
    private const string Details =
        """
        The image comes back by its digest, and with it the environment, port and name of that time.

        Examples:
          plimsoll rollback shop/prod --wait
          plimsoll rollback shop/prod 7k2m9qx4wd

        The exit codes are those of deploy.
        """;

    private readonly Argument<string> _project = new("project") { HelpName = "project[/stage]", Description = "The project, and the stage if it has several." };
    private readonly Argument<string?> _deployment = new("deployment")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The deployment to go back to; without it the one that was live before.",
    };

    private readonly Option<string?> _wait = new("--wait")
    {
        HelpName = "seconds",
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"Follow the rollback until it is over, for {WaitTime.DefaultSeconds} seconds at most or as many as are given.",
    };

    private readonly Surroundings _surroundings;
    private readonly ClientOptions _client;

    private RollbackCommand(Surroundings surroundings, DescribedCommand command)
    {
        _surroundings = surroundings;
        command.Arguments.Add(_project);
        command.Arguments.Add(_deployment);
        command.Options.Add(_wait);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("rollback", "Brings an earlier version of a stage back.", Details);
        _ = new RollbackCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var target = StageName.Parse(parsed.GetRequiredValue(_project), null);
        var wait = parsed.GetResult(_wait) is null ? (TimeSpan?)null : WaitTime.Parse(parsed.GetValue(_wait));
        var printer = _client.Printer(parsed);
        using var api = _client.Connect(parsed);

        target = await OnlyStage.OfAsync(target, api, cancellationToken);
        var back = parsed.GetValue(_deployment) ?? await FindPreviousAsync(target, api, cancellationToken);
        var data = await api.PostAsync($"api/deploys/{ApiClient.Part(back)}/rollback", null, cancellationToken);
        var verdict = data.To(CliJson.Default.DeployVerdict);

        if (wait is { } limit && verdict is { DeployId: { } id, ReasonCode: not DeployVerdict.AlreadyLive })
        {
            printer.Line($"{target} back to {back}: deployment {id}");
            return await new DeploymentWait(api, printer, _surroundings.Time).UntilOverAsync($"{target} back to {back}", id, limit, cancellationToken);
        }

        printer.Data(data);
        printer.Line(verdict.DeployId is null ? $"{target}: {verdict.Reason}" : $"{target} back to {back}: deployment {verdict.DeployId}. {verdict.Reason}");
        return ExitCode.Done;
    }

    /// <summary>The newest success is what is live; the one before it with another image is what was live before.</summary>
    private static async Task<string> FindPreviousAsync(StageName target, ApiClient api, CancellationToken cancellationToken)
    {
        var data = await api.GetAsync(
            $"api/deploys?project={Uri.EscapeDataString(target.Project)}&stage={Uri.EscapeDataString(target.Stage!)}&limit=200", cancellationToken);
        var succeeded = data.To(CliJson.Default.ListDeploymentStatus).Where(deployment => deployment.State == DeploymentStatus.Succeeded).ToList();
        return succeeded.Skip(1).FirstOrDefault(deployment => deployment.Digest != succeeded[0].Digest)?.Id
            ?? throw new CommandFailedException(ExitCode.Problem, $"{target} has no earlier version to go back to.");
    }
}
