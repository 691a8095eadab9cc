using System.CommandLine;
using System.Text.Json;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll deploy</c>: asks for a tag on a stage and, with --wait, stays until it is live or is not.</summary>
internal sealed class DeployCommand
{
    private const string Details =
        """
        Examples:
          plimsoll deploy shop/dev 1.4.2
          plimsoll deploy shop 1.4.2 --stage prod --confirm --wait

        Exit codes:
          0  it is live; without --wait: it was accepted
          1  the command could not do its work: wrong arguments, no server, no token that can be read
          2  the server refused, and said why
          3  it was rolled back, failed or was superseded
          4  it was not over in time
        """;

    private const int Conflict = 40900;

    private readonly Argument<string> _project = new("project") { HelpName = "project[/stage]", Description = "The project, and the stage if it has several." };
    private readonly Argument<string> _tag = new("tag") { Description = "The tag of the project's image." };
    private readonly Option<string?> _stage = new("--stage") { HelpName = "stage", Description = "The stage, if it is not named behind the project." };
    private readonly Option<bool> _confirm = new("--confirm") { Description = "Confirm the deployment, which some stages want." };
    private readonly Option<bool> _again = new("--again") { Description = "Deploy even if this image is live already, for example after a change of variables." };
    private readonly Option<string?> _wait = new("--wait")
    {
        HelpName = "seconds",
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"Follow the deployment until it is over, for {WaitTime.DefaultSeconds} seconds at most or as many as are given.",
    };

    private readonly Surroundings _surroundings;
    private readonly ClientOptions _client;

    private DeployCommand(Surroundings surroundings, DescribedCommand command)
    {
        _surroundings = surroundings;
        command.Arguments.Add(_project);
        command.Arguments.Add(_tag);
        command.Options.Add(_stage);
        command.Options.Add(_confirm);
        command.Options.Add(_again);
        command.Options.Add(_wait);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("deploy", "Deploys a tag to a stage.", Details);
        _ = new DeployCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var target = StageName.Parse(parsed.GetRequiredValue(_project), parsed.GetValue(_stage));
        var tag = parsed.GetRequiredValue(_tag);
        var wait = parsed.GetResult(_wait) is null ? (TimeSpan?)null : WaitTime.Parse(parsed.GetValue(_wait));
        var printer = _client.Printer(parsed);
        using var api = _client.Connect(parsed);

        target = await OnlyStage.OfAsync(target, api, cancellationToken);
        var order = new DeployOrder(tag, parsed.GetValue(_confirm), parsed.GetValue(_again));
        var path = $"api/projects/{ApiClient.Part(target.Project)}/stages/{ApiClient.Part(target.Stage!)}/instances";
        var data = await OrderAsync(api, path, order, cancellationToken);
        var verdict = data.To(CliJson.Default.DeployVerdict);

        if (wait is { } limit && verdict is { DeployId: { } id, ReasonCode: not DeployVerdict.AlreadyLive })
        {
            printer.Line($"{target} {tag}: deployment {id}");
            return await new DeploymentWait(api, printer, _surroundings.Time).UntilOverAsync($"{target} {tag}", id, limit, cancellationToken);
        }

        printer.Data(data);
        printer.Line(verdict.DeployId is null ? $"{target} {tag}: {verdict.Reason}" : $"{target} {tag}: deployment {verdict.DeployId}. {verdict.Reason}");
        return ExitCode.Done;
    }

    private static async Task<JsonElement> OrderAsync(ApiClient api, string path, DeployOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return await api.PostAsync(path, order, CliJson.Default.DeployOrder, cancellationToken);
        }
        catch (RefusedException refused) when (!order.Confirm && refused.Code == Conflict && refused.Message.Contains("confirm", StringComparison.OrdinalIgnoreCase))
        {
            // The server's sentence tells how to confirm in the API; here it is an option.
            throw new RefusedException(refused.Code, refused.Message, refused.Errors) { Details = ["Here that is the option --confirm."] };
        }
    }
}
