using Plimsoll.Plumbing.Cli;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Tests.Plumbing.Cli.Support;

/// <summary>Types a command line and keeps what came of it. The environment holds only what a test puts there.</summary>
internal sealed class Shell
{
    public Dictionary<string, string> Variables { get; } = new() { ["PLIMSOLL_DATA"] = "/nowhere/plimsoll" };

    public bool IsTerminal { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Func<ServeOptions, CancellationToken, Task> Serve { get; set; } = (_, _) => throw new InvalidOperationException("Nobody asked to serve.");

    public static Shell For(ApiDouble server) => new() { Variables = { ["PLIMSOLL_URL"] = server.Url.ToString(), ["PLIMSOLL_TOKEN"] = "plm_test" } };

    public async Task<CliResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings
        {
            Variable = name => Variables.GetValueOrDefault(name),
            Output = output,
            Error = error,
            IsTerminal = IsTerminal,
            Time = Time,
        };
        var exitCode = await CommandLine.RunAsync(args, Serve, surroundings, TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }
}
