using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Plimsoll.EngineTests.Docker;

/// <summary>A registry of its own on this machine, with what a test pushes to it.</summary>
public sealed class LocalRegistry : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plimsoll-registry-");
    private Process? _process;

    public string Host { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Host = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        var settings = Path.Combine(_folder.FullName, "config.yml");
        await File.WriteAllTextAsync(
            settings,
            $"""
            version: 0.1
            log:
              level: error
            storage:
              filesystem:
                rootdirectory: {_folder.FullName}/data
            http:
              addr: {Host}
            """);
        _process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", settings]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("docker-registry did not start.");
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Host}") };
        for (var attempt = 0; !await AnswersAsync(client); attempt++)
        {
            if (attempt > 100 || _process.HasExited)
            {
                throw new InvalidOperationException("docker-registry did not begin to answer.");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Pushes an image that the engine has, and takes it away there. Answers with the repository to pull from.</summary>
    public async Task<string> PushAsync(string image, string name, string tag)
    {
        var reference = $"{Host}/{name}:{tag}";
        await Command.RunAsync("docker", "tag", image, reference);
        await Command.RunAsync("docker", "push", "-q", reference);
        await Command.RunAsync("docker", "rmi", reference);
        return $"{Host}/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/v2/")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
