using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// A Docker engine of the tests' own: own socket, data, networks and containerd name space. It neither reads the user's engine
/// configuration nor changes the machine's firewall chains. The one of <see cref="EngineWorld"/> is shared and stays up;
/// a test that stops or kills its engine makes one for itself.
/// </summary>
public sealed class PrivateEngine : IAsyncLifetime
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);
    private readonly ScratchFolder folder = ScratchFolder.Create();
    private readonly AddressPool pool = AddressPool.Take();
    private readonly EngineSocket socket;
    private ChildProcess? daemon;
    private bool isPrepared;
    private bool hasAnswered;

    public PrivateEngine() => socket = new EngineSocket(SocketPath);

    public string SocketPath => folder.PathOf("docker.sock");

    /// <summary>For DOCKER_HOST.</summary>
    public string Endpoint => "unix://" + SocketPath;

    /// <summary>Where everything of this engine lives. Gone after disposal.</summary>
    public string Folder => folder.Path;

    /// <summary>The engine's networks are cut from this one, such as 10.117.0.0/16.</summary>
    public string AddressRange => pool.Network;

    public bool IsRunning => daemon is { HasExited: false };

    internal EngineSocket Socket => socket;

    internal AddressPool Pool => pool;

    public async ValueTask InitializeAsync()
    {
        await Leftovers.SweepAbandonedAsync();
        await StartAsync(CancellationToken.None);
    }

    /// <summary>Starts the engine, also again after a stop or kill, and returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("The engine is running already.");
        }

        await PrepareAsync(cancellationToken);
        daemon = ChildProcess.Start("dockerd", Arguments(), []);
        var started = daemon;
        await Eventually.IsTrueAsync(
            async token => started.HasExited ? throw CannotStart("ended") : await socket.AnswersAsync(token),
            ReadyWithin,
            () => CannotStart("does not answer").Message,
            cancellationToken);
        hasAnswered = true;

        InvalidOperationException CannotStart(string what) =>
            new($"dockerd in {Folder} {what}. It needs root. The last lines of its log:\n{started.Output.LastLines(25)}");
    }

    /// <summary>As an operator stops it: the engine ends its containers, then itself.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (daemon is { HasExited: false })
        {
            await daemon.TerminateAsync(StopWithin, cancellationToken);
        }

        await ForgetDaemonAsync();
    }

    /// <summary>As a crash ends it: the containers go on running without an engine.</summary>
    public async Task KillAsync()
    {
        var containerd = Leftovers.ProcessesOf(Folder).Where(process => process.Program == "containerd").ToList();
        await ForgetDaemonAsync();
        // The kernel ends containerd together with dockerd, but a moment later; a new dockerd would take the dying one for its own.
        await Eventually.IsTrueAsync(
            () => containerd.TrueForAll(process => RunningProcess.Find(process.Id)?.StartTime != process.StartTime),
            StopWithin,
            () => "containerd outlives its dockerd",
            CancellationToken.None);
        // Their process ids may be somebody else's by the next start, or a dead process's that nobody has waited for; then it would
        // take the old containerd for a living one and wait for it in vain.
        File.Delete(folder.PathOf("docker.pid"));
        File.Delete(folder.PathOf("exec/containerd/containerd.pid"));
    }

    /// <summary>Runs the docker command line against this engine and returns what it printed.</summary>
    /// <exception cref="CommandFailedException">Carries what it said on standard error.</exception>
    public Task<string> RunDockerAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync("docker", arguments, CommandLineEnvironment, cancellationToken);

    /// <inheritdoc cref="RunDockerAsync(IEnumerable{string}, CancellationToken)"/>
    public Task<string> RunDockerAsync(params string[] arguments) => RunDockerAsync(arguments, TestContext.Current.CancellationToken);

    /// <summary>What makes docker, docker compose and the like talk to this engine and to nothing of the user's.</summary>
    public IReadOnlyDictionary<string, string?> CommandLineEnvironment => new Dictionary<string, string?>
    {
        ["DOCKER_HOST"] = Endpoint,
        ["DOCKER_CONFIG"] = folder.PathOf("cli"),
        ["DOCKER_BUILDKIT"] = "0",
        ["DOCKER_CONTEXT"] = null,
        ["DOCKER_API_VERSION"] = null,
        ["DOCKER_CERT_PATH"] = null,
        ["DOCKER_TLS_VERIFY"] = null,
    };

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopCleanlyAsync();
        }
        finally
        {
            await ForgetDaemonAsync();
            await folder.DisposeAsync();
            pool.Dispose();
            socket.Dispose();
        }
    }

    private string[] Arguments() =>
    [
        "--config-file", folder.PathOf("daemon.json"),
        "--host", Endpoint,
        "--data-root", folder.PathOf("data"),
        "--exec-root", folder.PathOf("exec"),
        "--pidfile", folder.PathOf("docker.pid"),
        // Where the machine runs a containerd, dockerd uses that one instead of starting its own.
        "--containerd-namespace", folder.Name,
        "--containerd-plugins-namespace", folder.Name + "-plugins",
        "--bridge", "none",
        "--default-address-pool", $"base={pool.Network},size=24",
        "--iptables=false",
        "--ip-forward=false",
        "--log-level", "warn",
        "--shutdown-timeout", "2",
    ];

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!isPrepared)
        {
            pool.RecordIn(Folder);
            folder.Subfolder("cli");
            await File.WriteAllTextAsync(folder.PathOf("daemon.json"), "{}", cancellationToken);
            await FirewallRule.AddAsync(pool, folder.Name, cancellationToken);
            isPrepared = true;
        }
    }

    /// <summary>The engine removes its own containers and networks best, so a stopped one is started once more for that.</summary>
    private async Task StopCleanlyAsync()
    {
        if (!hasAnswered)
        {
            return;
        }

        if (!IsRunning)
        {
            await StartAsync(CancellationToken.None);
        }

        var containers = (JsonArray)await socket.GetAsync("/containers/json?all=1", CancellationToken.None);
        await Task.WhenAll(containers.Select(container => socket.DeleteAsync($"/containers/{container!["Id"]}?force=1&v=1", CancellationToken.None)));
        var networks = (JsonArray)await socket.GetAsync("/networks", CancellationToken.None);
        await Task.WhenAll(networks
            .Where(network => (string?)network!["Driver"] is not ("host" or "null"))
            .Select(network => socket.DeleteAsync($"/networks/{network!["Id"]}", CancellationToken.None)));
        await StopAsync(CancellationToken.None);
    }

    private async Task ForgetDaemonAsync()
    {
        if (daemon is not null)
        {
            await daemon.DisposeAsync();
            daemon = null;
        }
    }
}
