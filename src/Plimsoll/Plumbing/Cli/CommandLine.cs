using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Plimsoll.Plumbing.Cli.Commands;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli;

/// <summary>Everything that can be typed after <c>plimsoll</c>. Without arguments it serves.</summary>
internal static class CommandLine
{
    private const string Description =
        "Plimsoll watches container registries, proves that a new image is healthy, moves traffic to it and rolls back by itself.";

    private const string Details =
        """
        Without a command it serves. The other commands talk to a server that runs; 'plimsoll doctor' finds out why none does.
        """;

    /// <returns>The exit code of the process; the numbers are in <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Func<ServeOptions, CancellationToken, Task> serve) =>
        RunAsync(args, serve, Surroundings.OfThisProcess(), CancellationToken.None);

    internal static async Task<int> RunAsync(
        string[] args, Func<ServeOptions, CancellationToken, Task> serve, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var parsed = Build(serve, surroundings).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            return parsed.Action is ParseErrorAction mistake
                ? TellMistake(mistake, parsed, surroundings)
                : await parsed.InvokeAsync(Configure(parsed, surroundings), cancellationToken);
        }
        catch (CommandFailedException problem)
        {
            Failure.Tell(problem, surroundings);
            return problem.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception problem)
        {
            Failure.Tell(problem, surroundings);
            return ExitCode.Problem;
        }
    }

    private static RootCommand Build(Func<ServeOptions, CancellationToken, Task> serve, Surroundings surroundings)
    {
        var root = new RootCommand(Description)
        {
            ServeCommand.Create(serve, surroundings),
            DeployCommand.Create(surroundings),
            PromoteCommand.Create(surroundings),
            RollbackCommand.Create(surroundings),
            StatusCommand.Create(surroundings),
            ExplainCommand.Create(surroundings),
            ImportCommand.Create(surroundings),
            TokenCommand.Create(surroundings),
            DoctorCommand.Create(surroundings),
        };
        root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(serve, surroundings, cancellationToken));
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new PrintHelp((HelpAction)help.Action!, Details);
        return root;
    }

    private static int TellMistake(ParseErrorAction mistake, ParseResult parsed, Surroundings surroundings)
    {
        // A page of help would push the one line that matters off the screen.
        mistake.ShowHelp = false;
        parsed.Invoke(Configure(parsed, surroundings));
        var command = string.Join(' ', parsed.CommandResult.Command is RootCommand ? ["plimsoll"] : Path(parsed.CommandResult).Prepend("plimsoll"));
        surroundings.Error.WriteLine($"'{command} --help' shows how it is written.");
        return ExitCode.Problem;
    }

    private static IEnumerable<string> Path(CommandResult result) => result.Parent is CommandResult { Command: not RootCommand } parent
        ? Path(parent).Append(result.Command.Name)
        : [result.Command.Name];

    private static InvocationConfiguration Configure(ParseResult parsed, Surroundings surroundings) => new()
    {
        Output = surroundings.Output,
        Error = surroundings.Error,
        EnableDefaultExceptionHandler = false,
        // The server has its own order of stopping, which takes as long as its requests do.
        ProcessTerminationTimeout = ServeCommand.IsChosenBy(parsed) ? null : TimeSpan.FromSeconds(2),
    };
}
