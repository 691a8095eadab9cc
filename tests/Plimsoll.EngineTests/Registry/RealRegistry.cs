using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Plimsoll.Registry;

namespace Plimsoll.EngineTests.Registry;

/// <summary>
/// Debian's docker-registry as a process of its own, on a free port of this machine and with a storage folder that goes with it.
/// </summary>
internal sealed class RealRegistry : IAsyncDisposable
{
    private const string Program = "/usr/bin/docker-registry";
    private const int MostAttempts = 3;
    private static readonly TimeSpan longestStart = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly HttpClient client;

    private RealRegistry(Process process, DirectoryInfo folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Host = $"127.0.0.1:{port}";
        client = new HttpClient { BaseAddress = new Uri($"http://{Host}/") };
    }

    public string Host { get; }

    /// <summary>What pushing signs in with.</summary>
    public AuthenticationHeaderValue? PushWith
    {
        set => client.DefaultRequestHeaders.Authorization = value;
    }

    /// <param name="authentication">The "auth" section of its configuration, or "" for an open registry.</param>
    public static async Task<RealRegistry> StartAsync(string authentication = "")
    {
        Assert.SkipUnless(File.Exists(Program), $"{Program} is not installed (package docker-registry).");
        for (var attempt = 1; ; attempt++)
        {
            var registry = await StartOnceAsync(authentication);
            var answers = false;
            try
            {
                answers = await registry.AnswersAsync();
            }
            finally
            {
                if (!answers)
                {
                    await registry.DisposeAsync();
                }
            }

            if (answers)
            {
                return registry;
            }

            // Somebody else may have taken the free port in between.
            attempt.ShouldBeLessThan(MostAttempts, "docker-registry does not start");
        }
    }

    private static async Task<RealRegistry> StartOnceAsync(string authentication)
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-registry-");
        var port = FreePort();
        var configuration = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(configuration, $"""
            version: 0.1
            log:
              level: error
              accesslog:
                disabled: true
            storage:
              filesystem:
                rootdirectory: {folder.FullName}/data
              delete:
                enabled: true
            http:
              addr: 127.0.0.1:{port}
            {authentication}
            """);
        var process = Process.Start(new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new RealRegistry(process, folder, port);
    }

    /// <summary>The "auth" section for users kept in a file, with one user.</summary>
    public static async Task<string> UsersAsync(DirectoryInfo folder, string user, string password)
    {
        const string tool = "/usr/bin/htpasswd";
        Assert.SkipUnless(File.Exists(tool), $"{tool} is not installed (package apache2-utils).");
        var path = Path.Combine(folder.FullName, "htpasswd");
        using var process = Process.Start(new ProcessStartInfo(tool, ["-Bbc", path, user, password]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        return $"auth:\n  htpasswd:\n    realm: test\n    path: {path}";
    }

    public async Task<Digest> PushBlobAsync(string repository, byte[] content)
    {
        var digest = Digest.OfBytes(content);
        using var started = await client.PostAsync($"v2/{repository}/blobs/uploads/", null, TestContext.Current.CancellationToken);
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var location = new Uri(client.BaseAddress!, started.Headers.Location!);
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var finished = await client.PutAsync($"{location}&digest={digest}", body, TestContext.Current.CancellationToken);
        finished.StatusCode.ShouldBe(HttpStatusCode.Created);
        return digest;
    }

    public async Task<Digest> PushManifestAsync(string repository, string tagOrDigest, string mediaType, byte[] manifest)
    {
        using var body = new ByteArrayContent(manifest);
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var finished = await client.PutAsync($"v2/{repository}/manifests/{tagOrDigest}", body, TestContext.Current.CancellationToken);
        finished.StatusCode.ShouldBe(HttpStatusCode.Created);
        return Digest.OfBytes(manifest);
    }

    /// <summary>An image of one empty-looking layer; a null tag pushes it by its digest only.</summary>
    public async Task<(Digest Digest, byte[] Manifest)> PushImageAsync(string repository, string? tag, string configuration)
    {
        var config = Encoding.UTF8.GetBytes(configuration);
        var layer = Encoding.UTF8.GetBytes($"layer of {configuration}");
        var configDigest = await PushBlobAsync(repository, config);
        var layerDigest = await PushBlobAsync(repository, layer);
        const string type = "application/vnd.docker.distribution.manifest.v2+json";
        var manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{type}}",
             "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{config.Length}},"digest":"{{configDigest}}"},
             "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":{{layer.Length}},"digest":"{{layerDigest}}"}]}
            """);
        return (await PushManifestAsync(repository, tag ?? Digest.OfBytes(manifest).ToString(), type, manifest), manifest);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Waits for the first answer; false when the process ended instead.</summary>
    private async Task<bool> AnswersAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(longestStart);
        while (!process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync("v2/", limit.Token);
                return !process.HasExited;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, limit.Token);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
