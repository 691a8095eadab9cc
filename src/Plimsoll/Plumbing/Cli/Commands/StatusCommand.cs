using System.CommandLine;
using System.Text.Json;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll status</c>: what runs where, and how the last deployment of each stage ended.</summary>
internal sealed class StatusCommand
{
    private readonly Argument<string?> _project = new("project") { Arity = ArgumentArity.ZeroOrOne, Description = "Only this project." };
    private readonly ClientOptions _client;

    private StatusCommand(Surroundings surroundings, DescribedCommand command)
    {
        command.Arguments.Add(_project);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("status", "Shows what is live on each stage, where, and how its last deployment ended.", "");
        _ = new StatusCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var printer = _client.Printer(parsed);
        using var api = _client.Connect(parsed);
        var name = parsed.GetValue(_project);
        var data = await api.GetAsync(name is null ? "api/projects" : $"api/projects/{ApiClient.Part(name)}", cancellationToken);
        printer.Data(data);
        var projects = data.ValueKind == JsonValueKind.Array ? data.To(CliJson.Default.ListProjectStatus) : [data.To(CliJson.Default.ProjectStatus)];
        if (projects.Count == 0)
        {
            printer.Line("There are no projects yet. 'plimsoll import <file>' brings them in from a file.");
            return ExitCode.Done;
        }

        printer.Table(StatusTable.Columns, StatusTable.Rows(projects));
        return ExitCode.Done;
    }
}
