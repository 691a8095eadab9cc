using System.Runtime.CompilerServices;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>
/// Looks at everything that the server of this machine needs, one after another, with the server's own settings. Only
/// looks: it makes no file and changes nothing, so that it can be run at any time by anybody.
/// </summary>
internal sealed class Checkup(Surroundings surroundings)
{
    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = Read(out var mistakes);
        foreach (var mistake in mistakes)
        {
            yield return Finding.Problem("settings", mistake);
        }

        if (options is null)
        {
            yield return Finding.Note("other checks", "They need these settings and were left out.");
            yield break;
        }

        yield return Finding.Ok("settings", $"API at {Shown(options.Listen)}, proxy at {Shown(options.ProxyListen)}, data in {options.DataFolder}.");
        using var probe = new ServerProbe(options.Listen, surroundings.Time);
        var health = await probe.ReadHealthAsync(cancellationToken);
        using var server = ServerChecks.Connect(surroundings, health);
        await foreach (var finding in LookAsync(options, probe, server, cancellationToken))
        {
            yield return finding;
        }
    }

    private static async IAsyncEnumerable<Finding> LookAsync(
        ServeOptions options, ServerProbe probe, ServerChecks server, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var finding in DataFolderCheck.Look(options.DataFolder))
        {
            yield return finding;
        }

        if (server.IsRunning && !File.Exists(options.StorePath))
        {
            yield return Finding.Note("data folder", "A Plimsoll runs, but its data is elsewhere.", $"Set {EnvironmentSettings.Data} as that server has it.");
        }

        yield return EncryptionKeyCheck.Look(options, server.IsRunning);

        await using var engine = new DockerEngine(options.Engine, probe.Time, new DockerEngineOptions { ConnectTimeout = ServerProbe.Patience, ReadTimeout = ServerProbe.Patience });
        var found = await EngineCheck.LookAsync(engine, cancellationToken);
        yield return found;
        if (found.Mark == Mark.Ok)
        {
            yield return await NetworkCheck.LookAsync(engine, await server.NetworkAsync(cancellationToken) ?? StoreFile.Network(options.StorePath), cancellationToken);
        }

        yield return PortCheck.Look(EnvironmentSettings.Listen, options.Listen, server.IsRunning);
        yield return PortCheck.Look(EnvironmentSettings.ProxyListen, options.ProxyListen, server.IsRunning && await probe.IsProxyAsync(options.ProxyListen, cancellationToken));
        await foreach (var finding in server.LookAsync(probe, cancellationToken))
        {
            yield return finding;
        }
    }

    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private ServeOptions? Read(out IReadOnlyList<string> mistakes)
    {
        try
        {
            mistakes = [];
            return EnvironmentSettings.Read(surroundings.Variable);
        }
        catch (SettingsException problem)
        {
            mistakes = problem.Problems;
            return null;
        }
    }
}
