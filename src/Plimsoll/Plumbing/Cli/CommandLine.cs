using System.CommandLine;
using System.CommandLine.Invocation;
using Plimsoll.Plumbing.Cli.Commands;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli;

/// <summary>Everything that can be typed after <c>plimsoll</c>. Without arguments it serves.</summary>
internal static class CommandLine
{
    private const string Description =
        """
        Plimsoll watches container registries, proves that a new image is healthy, moves traffic to it and rolls back by itself.

        'plimsoll serve' runs the server. The other commands talk to a server that runs.
        """;

    /// <returns>The exit code of the process; the numbers are in <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Func<ServeOptions, CancellationToken, Task> serve) =>
        RunAsync(args, serve, Surroundings.OfThisProcess(), CancellationToken.None);

    internal static async Task<int> RunAsync(
        string[] args, Func<ServeOptions, CancellationToken, Task> serve, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var parsed = Build(serve, surroundings).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction mistake)
        {
            // A page of help would push the one line that matters off the screen.
            mistake.ShowHelp = false;
        }

        try
        {
            return await parsed.InvokeAsync(Configure(parsed, surroundings), cancellationToken);
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
            StatusCommand.Create(surroundings),
            ImportCommand.Create(surroundings),
            TokenCommand.Create(surroundings),
            DoctorCommand.Create(surroundings),
        };
        root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(serve, surroundings, cancellationToken));
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;
    }

    private static InvocationConfiguration Configure(ParseResult parsed, Surroundings surroundings) => new()
    {
        Output = surroundings.Output,
        Error = surroundings.Error,
        EnableDefaultExceptionHandler = false,
        // The server has its own order of stopping, which takes as long as its requests do.
        ProcessTerminationTimeout = ServeCommand.IsChosenBy(parsed) ? null : TimeSpan.FromSeconds(2),
    };
}
