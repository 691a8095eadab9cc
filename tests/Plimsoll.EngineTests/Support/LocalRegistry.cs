using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Plimsoll.EngineTests.Support;

/// <summary>Debian's docker-registry on a loopback port that it keeps over stops and starts. Its images are gone after disposal.</summary>
public sealed class LocalRegistry : IAsyncLifetime
{
    /// <summary>The login of a registry made by <see cref="WithLogin"/>.</summary>
    public const string User = "plimsoll";

    /// <inheritdoc cref="User"/>
    public const string Password = "load-line";

    private const string LoginFile = "plimsoll:$2y$04$w8uvNUDTnGV1RK0MlOUABOVzRixCYIpH9STSBMvGSlWOdYIXgU2By\n";
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);
    private readonly ScratchFolder folder = ScratchFolder.Create();
    private readonly ClaimedPort port = ClaimedPort.Take();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private bool asksForLogin;
    private TokenServer? tokens;

    // Where the registry itself listens when a token server stands before it.
    private ClaimedPort? inner;
    private ChildProcess? server;

    public LocalRegistry()
    {
        http.BaseAddress = new Uri($"http://{Host}/v2/");
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(ManifestType));
    }

    /// <summary>"127.0.0.1:port", as the first part of an image's name. Engines talk plain HTTP to loopback registries.</summary>
    public string Host => $"127.0.0.1:{port.Number}";

    /// <summary>Where everything of this registry lives. Gone after disposal.</summary>
    public string Folder => folder.Path;

    /// <summary>Where the registry sends its push events from the next start on, for example a webhook of Plimsoll.</summary>
    public Uri? EventTarget { get; set; }

    /// <summary>What it sends with them as "Authorization: Bearer …"; null: nothing.</summary>
    public string? EventSecret { get; set; }

    /// <summary>Wants a token of a server before it, which gives one for the usual login.</summary>
    public static async Task<LocalRegistry> WithTokensAsync(CancellationToken cancellationToken)
    {
        var registry = new LocalRegistry { inner = ClaimedPort.Take() };
        registry.tokens = await TokenServer.StartAsync(registry.port.Number, registry.ListenHost, User, Password, cancellationToken);
        return registry;
    }

    public static LocalRegistry WithLogin()
    {
        var registry = new LocalRegistry { asksForLogin = true };
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        registry.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", login);
        return registry;
    }

    public async ValueTask InitializeAsync() => await StartAsync(CancellationToken.None);

    /// <summary>Starts the registry, also again after a stop, with all images it had.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (server is not null)
        {
            throw new InvalidOperationException("The registry is running already.");
        }

        await File.WriteAllTextAsync(folder.PathOf("login"), LoginFile, cancellationToken);
        await File.WriteAllTextAsync(folder.PathOf("registry.yml"), Configuration(), cancellationToken);
        if (tokens is not null)
        {
            await File.WriteAllTextAsync(folder.PathOf("tokens.pem"), tokens.Certificate, cancellationToken);
        }

        // The registry lets variables of this form overrule its file.
        server = ChildProcess.Start("docker-registry", ["serve", folder.PathOf("registry.yml")], InheritedEnvironment.Without("REGISTRY_"));
        var started = server;
        await Eventually.IsTrueAsync(
            async token => started.HasExited ? throw new InvalidOperationException("docker-registry ended:\n" + started.Output.LastLines(20)) : await AnswersAsync(token),
            ReadyWithin,
            () => "docker-registry does not answer:\n" + started.Output.LastLines(20),
            cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is not null)
        {
            await server.TerminateAsync(StopWithin, cancellationToken);
            await server.DisposeAsync();
            server = null;
        }
    }

    /// <summary>
    /// Puts an image of the engine into this registry and returns its digest. The engine then forgets the name under which it was
    /// pushed, so that the first pull is one.
    /// </summary>
    /// <param name="localTag">What the engine calls the image, with tag.</param>
    /// <param name="repository">Without the registry's host: "team/app".</param>
    public async Task<string> PushAsync(PrivateEngine engine, string localTag, string repository, string tag, CancellationToken cancellationToken)
    {
        var name = $"{Host}/{repository}";
        await engine.RunDockerAsync(["tag", localTag, $"{name}:{tag}"], cancellationToken);
        var digest = await engine.Socket.PushAsync(name, tag, asksForLogin || tokens is not null ? (User, Password) : null, cancellationToken);
        await engine.RunDockerAsync(["rmi", "--no-prune", $"{name}:{tag}"], cancellationToken);
        return digest;
    }

    /// <summary>The digest that a tag names now; null when the registry does not know the tag.</summary>
    public async Task<string?> FindDigestAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{repository}/manifests/{tag}");
        using var answer = await SendAsync(request, repository, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : answer.EnsureSuccessStatusCode().Headers.GetValues("Docker-Content-Digest").Single();
    }

    /// <summary>Deletes the manifest, and with it every tag that names it.</summary>
    public async Task DeleteAsync(string repository, string digest, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{repository}/manifests/{digest}");
        using var answer = await SendAsync(request, repository, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for an address below /v2/, signed in as far as the repository needs it.</summary>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string repository, CancellationToken cancellationToken)
    {
        if (tokens is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(User, [(repository, ["pull", "push", "delete"])]));
        }

        return http.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync(CancellationToken.None);
        }
        finally
        {
            if (tokens is not null)
            {
                await tokens.DisposeAsync();
            }

            await folder.DisposeAsync();
            port.Dispose();
            inner?.Dispose();
            http.Dispose();
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("", cancellationToken);
            return answer.IsSuccessStatusCode || (tokens is not null && answer.StatusCode == HttpStatusCode.Unauthorized);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string ListenHost => inner is null ? Host : $"127.0.0.1:{inner.Number}";

    private string Configuration()
    {
        var text = $$"""
            version: 0.1
            log: { level: warn, accesslog: { disabled: true } }
            http: { addr: "{{ListenHost}}", secret: one-server-only }
            storage:
              filesystem: { rootdirectory: "{{folder.PathOf("images")}}" }
              delete: { enabled: true }

            """;
        if (asksForLogin)
        {
            text += $$"""
                auth:
                  htpasswd: { realm: plimsoll-tests, path: "{{folder.PathOf("login")}}" }

                """;
        }

        if (tokens is not null)
        {
            text += $$"""
                auth:
                  token: { realm: "{{tokens.Address}}", service: "{{TokenServer.Service}}", issuer: "{{TokenServer.Issuer}}", rootcertbundle: "{{folder.PathOf("tokens.pem")}}" }

                """;
        }

        if (EventTarget is not null)
        {
            var headers = EventSecret is null ? "" : $", headers: {{ Authorization: [\"Bearer {EventSecret}\"] }}";
            text += $$"""
                notifications:
                  endpoints:
                    - { name: tests, url: "{{EventTarget}}", timeout: 5s, threshold: 3, backoff: 1s{{headers}} }

                """;
        }

        return text;
    }
}
