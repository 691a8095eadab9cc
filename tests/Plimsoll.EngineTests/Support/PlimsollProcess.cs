using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// The built program as a user runs it: a process of its own with a data folder and two ports, which it keeps over
/// <see cref="StopAsync"/>, <see cref="KillAsync"/> and the next <see cref="StartAsync"/>.
/// </summary>
public sealed class PlimsollProcess : IAsyncDisposable
{
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FaultWithin = TimeSpan.FromSeconds(60);
    private readonly PlimsollSettings settings;
    private readonly ScratchFolder scratch = ScratchFolder.Create();
    private readonly ClaimedPort port = ClaimedPort.Take();
    private readonly ClaimedPort proxyPort = ClaimedPort.Take();
    private readonly HttpClient edge;
    private ChildProcess? process;

    public PlimsollProcess(PlimsollSettings settings)
    {
        this.settings = settings;
        DataFolder = settings.DataFolder ?? scratch.Subfolder("data");
        Faults = new FaultPoints(scratch.Subfolder("faults"));
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{settings.AdminPassword}"));
        Api = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(Address, "api/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", login) },
        };
        edge = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = ProxyAddress };
    }

    public string DataFolder { get; }

    /// <summary>Dashboard and API.</summary>
    public Uri Address => new($"http://127.0.0.1:{port.Number}/");

    /// <summary>The built-in proxy.</summary>
    public Uri ProxyAddress => new($"http://127.0.0.1:{proxyPort.Number}/");

    /// <summary>Signed in as admin, based at /api/: ask for "projects", not "/projects". See <see cref="PlimsollApi"/> for the envelope.</summary>
    public HttpClient Api { get; }

    /// <summary>Where the program is to die or wait; set before a start.</summary>
    public FaultPoints Faults { get; }

    /// <summary>What the program of the last start wrote, both streams.</summary>
    public BoundedOutput Output { get; private set; } = new();

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Of the running program, for measures.</summary>
    public int ProcessId => Running().Id;

    public static async Task<PlimsollProcess> StartNewAsync(PlimsollSettings settings, CancellationToken cancellationToken)
    {
        var plimsoll = new PlimsollProcess(settings);
        try
        {
            await plimsoll.StartAsync(cancellationToken);
            return plimsoll;
        }
        catch (Exception)
        {
            await plimsoll.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the program and returns when /readyz says 200.</summary>
    /// <exception cref="InvalidOperationException">The program ended first; the message carries what it wrote.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await StartWithoutWaitingAsync();
        var started = Running();
        await Eventually.IsTrueAsync(
            async token => started.HasExited
                ? throw new InvalidOperationException($"Plimsoll ended with exit code {await started.WaitForExitAsync(token)} before it was ready:\n{Output.Text}")
                : await IsReadyAsync(token),
            settings.ReadyWithin,
            () => $"Plimsoll is not ready:\n{Output.Text}",
            cancellationToken);
    }

    /// <summary>For a program that is expected to end, or to be held, before it is ready.</summary>
    public async Task StartWithoutWaitingAsync()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("Plimsoll is running already.");
        }

        await ForgetProcessAsync();
        Faults.ForgetReached();
        process = ChildProcess.Start(settings.Command[0], settings.Command.Skip(1), Environment());
        Output = process.Output;
    }

    /// <summary>SIGTERM; returns the exit code. Not ending within the limit is an error.</summary>
    public Task<int> StopAsync(CancellationToken cancellationToken) => Running().TerminateAsync(settings.StopWithin, cancellationToken);

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => Running().KillAsync();

    /// <summary>For a program that ends by itself, as one with a "kill" fault does; a killed one has exit code 137.</summary>
    public Task<int> WaitForExitAsync(CancellationToken cancellationToken) => Running().WaitForExitAsync(cancellationToken);

    /// <summary>Returns when the program is held at the point; an error at once when it ends instead.</summary>
    public async Task WaitForFaultAsync(string point, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var held = Faults.WaitForAsync(point, FaultWithin, either.Token);
        var ended = Running().WaitForExitAsync(either.Token);
        var first = await Task.WhenAny(held, ended);
        await either.CancelAsync();
        if (first == ended && ended.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException($"Plimsoll ended with exit code {await ended} before it reached \"{point}\":\n{Output.Text}");
        }

        await held;
    }

    /// <summary>Lets the held program go on.</summary>
    public void ReleaseFault(string point) => Faults.Release(point);

    /// <summary>Asks the built-in proxy for a path of a host, as a browser would.</summary>
    public async Task<HttpResponseMessage> GetThroughEdgeAsync(string host, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await edge.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetProcessAsync();
        if (settings.DataFolder is null)
        {
            await MadeContainers.RemoveAsync(settings.DockerHost, DataFolder);
        }

        await scratch.DisposeAsync();
        port.Dispose();
        proxyPort.Dispose();
        Api.Dispose();
        edge.Dispose();
    }

    private ChildProcess Running() => process ?? throw new InvalidOperationException("Plimsoll was not started.");

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(AskWithin);
        try
        {
            using var answer = await Api.GetAsync(new Uri(Address, "readyz"), deadline.Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException || (notYet is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private Dictionary<string, string?> Environment()
    {
        var environment = InheritedEnvironment.Without("PLIMSOLL_", "DOCKER_", "WATCH_", "ENCRYPTION_KEY", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "Kestrel__");
        environment["PLIMSOLL_DATA"] = DataFolder;
        environment["PLIMSOLL_LISTEN"] = Address.ToString().TrimEnd('/');
        environment["PLIMSOLL_PROXY_LISTEN"] = ProxyAddress.ToString().TrimEnd('/');
        environment["PLIMSOLL_ADMIN_PASSWORD"] = settings.AdminPassword;
        environment["PLIMSOLL_FAULT"] = Faults.Plan;
        environment["PLIMSOLL_FAULT_FOLDER"] = Faults.Folder;
        environment["DOCKER_HOST"] = settings.DockerHost;
        foreach (var (name, value) in settings.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    private async Task ForgetProcessAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }
}
