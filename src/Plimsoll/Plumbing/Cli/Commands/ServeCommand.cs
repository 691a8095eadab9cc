using System.CommandLine;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string Name = "serve";

    private const string Details =
        $"""
        Ctrl+C or SIGTERM stops it when the requests under way are done.

        Settings are environment variables:
          {EnvironmentSettings.Data}            where its data is kept ({EnvironmentSettings.DefaultData})
          {EnvironmentSettings.Listen}          address of the dashboard and the API ({EnvironmentSettings.DefaultListen})
          {EnvironmentSettings.ProxyListen}    address of the built-in proxy ({EnvironmentSettings.DefaultProxyListen})
          {EnvironmentSettings.Key}           key for stored credentials (made in the data folder if absent)
          {EnvironmentSettings.AdminPassword}  password of the user admin (if absent, a set-up link is printed)
          {EnvironmentSettings.Seed}            configuration file that is imported on first launch
          {TrustedProxies.Variable}  proxies in front whose X-Forwarded-* headers are believed (none)
          {OpenIdEnvironment.Issuer}    OpenID Connect provider that signs people in, with its other settings (none)
          DOCKER_HOST              address of the Docker engine (unix:///var/run/docker.sock)
        {EnvironmentSettings.Key} and {EnvironmentSettings.AdminPassword} can be given as files: add _FILE to the name.
        """;

    public static Command Create(Func<ServeOptions, CancellationToken, Task> serve, Surroundings surroundings)
    {
        var command = new DescribedCommand(Name, "Runs the server: dashboard, API and proxy.", Details);
        command.SetAction((_, cancellationToken) => RunAsync(serve, surroundings, cancellationToken));
        return command;
    }

    /// <summary>The bare program serves, too.</summary>
    public static bool IsChosenBy(ParseResult parsed) => parsed.CommandResult.Command is RootCommand or { Name: Name };

    public static async Task<int> RunAsync(Func<ServeOptions, CancellationToken, Task> serve, Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            await serve(EnvironmentSettings.Read(surroundings.Variable), cancellationToken);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (Exception problem)
        {
            Failure.Tell(problem, surroundings);
            return ExitCode.Problem;
        }
    }
}
