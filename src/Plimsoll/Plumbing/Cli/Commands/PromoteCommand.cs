using System.CommandLine;
using System.Text.Json;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll promote</c>: moves what is live in the stage before on, by its digest.</summary>
internal sealed class PromoteCommand
{
    private const string Details =
        """
        What is live and well in the stage before comes to this one: the same digest, whatever its tag names by now.

        Examples:
          plimsoll promote shop/prod --wait
          plimsoll promote shop/prod --confirm

        The exit codes are those of deploy.
        """;

    private const int InvalidInput = 40000;

    private readonly Argument<string> _project = new("project") { HelpName = "project[/stage]", Description = "The project, and the stage that it goes to." };
    private readonly Option<bool> _confirm = new("--confirm") { Description = "Confirm the promotion, which some stages want." };
    private readonly Option<string?> _wait = new("--wait")
    {
        HelpName = "seconds",
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"Follow the deployment until it is over, for {WaitTime.DefaultSeconds} seconds at most or as many as are given.",
    };

    private readonly Surroundings _surroundings;
    private readonly ClientOptions _client;

    private PromoteCommand(Surroundings surroundings, DescribedCommand command)
    {
        _surroundings = surroundings;
        command.Arguments.Add(_project);
        command.Options.Add(_confirm);
        command.Options.Add(_wait);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("promote", "Moves what is live in the stage before to a stage.", Details);
        _ = new PromoteCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var target = StageName.Parse(parsed.GetRequiredValue(_project), null);
        var wait = parsed.GetResult(_wait) is null ? (TimeSpan?)null : WaitTime.Parse(parsed.GetValue(_wait));
        var printer = _client.Printer(parsed);
        using var api = _client.Connect(parsed);

        target = await OnlyStage.OfAsync(target, api, cancellationToken);
        var data = await OrderAsync(
            api, $"api/projects/{ApiClient.Part(target.Project)}/stages/{ApiClient.Part(target.Stage!)}/promote", parsed.GetValue(_confirm), cancellationToken);
        var verdict = data.To(CliJson.Default.DeployVerdict);

        if (wait is { } limit && verdict is { DeployId: { } id, ReasonCode: not DeployVerdict.AlreadyLive })
        {
            printer.Line($"{target} promotion: deployment {id}");
            return await new DeploymentWait(api, printer, _surroundings.Time).UntilOverAsync($"{target} promotion", id, limit, cancellationToken);
        }

        printer.Data(data);
        printer.Line(verdict.DeployId is null ? $"{target}: {verdict.Reason}" : $"{target}: deployment {verdict.DeployId}. {verdict.Reason}");
        return ExitCode.Done;
    }

    private static async Task<JsonElement> OrderAsync(ApiClient api, string path, bool confirm, CancellationToken cancellationToken)
    {
        try
        {
            return await api.PostAsync(path, new PromoteOrder(confirm), CliJson.Default.PromoteOrder, cancellationToken);
        }
        catch (RefusedException refused) when (!confirm && refused.Code == InvalidInput && refused.Errors.ContainsKey("confirm"))
        {
            // The server's sentence tells how to confirm in the API; here it is an option.
            throw new RefusedException(refused.Code, refused.Message, refused.Errors) { Details = ["Here that is the option --confirm."] };
        }
    }
}
