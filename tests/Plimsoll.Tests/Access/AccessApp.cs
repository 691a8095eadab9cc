using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;
using Plimsoll.Plumbing.Secrets;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Access;

/// <summary>Plimsoll with nothing but Access and a few doors to knock at, on a real socket over a real store.</summary>
internal sealed class AccessApp : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private AccessApp(WebApplication app, ManualTimeProvider time, string folder, bool ownsFolder, CollectedLog log)
    {
        _app = app;
        Time = time;
        Folder = folder;
        _ownsFolder = ownsFolder;
        Log = log;
    }

    public ManualTimeProvider Time { get; }

    public string Folder { get; }

    public CollectedLog Log { get; }

    public Uri Address => new(_app.Urls.Single());

    public string CommandLineSecret => File.ReadAllText(Path.Combine(Folder, "cli.token")).Trim();

    /// <summary>The code of the link that the log shows.</summary>
    public string SetupCode => Log.Lines.Single(line => line.Text.Contains("/setup?code=")).Text.Split("code=")[1].Split(' ')[0];

    public IReadOnlyList<RecordedEvent> Events => _app.Services.GetRequiredService<EventLog>().After(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AccessApp> StartAsync(
        string? adminPassword = Password, string? folder = null, ManualTimeProvider? time = null, X509Certificate2? certificate = null,
        OpenIdSettings? openId = null, string? trustedProxies = null)
    {
        var options = new ServeOptions
        {
            DataFolder = folder ?? Directory.CreateTempSubdirectory("plimsoll-access-").FullName,
            Listen = new Uri("http://0.0.0.0:8080"),
            ProxyListen = new Uri("http://127.0.0.1:8000"),
            Engine = DockerEndpoint.Parse("unix:///nowhere/docker.sock"),
            AdminPassword = adminPassword,
            OpenId = openId,
            TrustedProxies = TrustedProxies.Read(trustedProxies, []),
        };
        var clock = time ?? new ManualTimeProvider();
        var log = new CollectedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Secure(listen, certificate)));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton(options).AddSingleton<TimeProvider>(clock).AddSingleton(new Store(options.StorePath)).AddSingleton<EventLog>()
            .AddSingleton(EncryptionKey.FromText("the key of the tests")).AddSingleton<SecretBox>();
        builder.Services.AddSingleton<IProjectPlace, ProbedProject>();
        builder.Services.AddAccess();
        var app = builder.Build();
        app.UseMiddleware<ProblemAnswers>();
        app.UseAccess();
        app.MapAccess();
        MapProbes(app);
        await Migrations.ApplyAsync(app.Services.GetRequiredService<Store>(), Cancellation);
        var made = new AccessApp(app, clock, options.DataFolder, ownsFolder: folder is null, log);
        try
        {
            await app.Services.PrepareAccessAsync(Cancellation);
            await app.StartAsync(Cancellation);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>A project as far as Access knows one.</summary>
    public Task<long> AddProjectAsync(string name) => _app.Services.GetRequiredService<Store>().WriteAsync(
        scope => scope.QuerySingle<long>("INSERT INTO projects (name, repository, env_sealed, created_at) VALUES (@name, 'r', x'00', 0) RETURNING id", new { name }), Cancellation);

    /// <summary>Makes a user who has chosen <see cref="Password"/>.</summary>
    public async Task<long> AddUserAsync(string name, string role, params string[] projects)
    {
        var answer = await PostAsync(
            "/api/users", new { name, role, password = Password, projects = projects.Length == 0 ? null : projects }, Bearer(CommandLineSecret));
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        return answer.Data["user"]!["id"]!.GetValue<long>();
    }

    /// <summary>Sends one request, from 127.0.0.1 unless told otherwise.</summary>
    public async Task<TestAnswer> SendAsync(
        string method, string path, object? body = null, string? authorization = null, string? cookie = null, string? from = null,
        params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, from, cancellationToken);
        using var client = new HttpClient(handler) { BaseAddress = Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(
            body as string ?? System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        foreach (var (name, value) in (IEnumerable<(string, string?)>)[.. headers, ("Authorization", authorization), ("Cookie", cookie)])
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await client.SendAsync(request, Cancellation);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => (IReadOnlyList<string>)[.. header.Value], StringComparer.OrdinalIgnoreCase);
        return new TestAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), all);
    }

    public Task<TestAnswer> GetAsync(string path, string? authorization = null, string? cookie = null, string? from = null) =>
        SendAsync("GET", path, authorization: authorization, cookie: cookie, from: from);

    /// <summary>As the dashboard sends it.</summary>
    public Task<TestAnswer> PostAsync(string path, object? body = null, string? authorization = null, string? cookie = null, string? from = null) =>
        SendAsync("POST", path, body ?? new { }, authorization, cookie, from, ("Sec-Fetch-Site", "same-origin"));

    public Task<TestAnswer> LoginAsync(string name = "admin", string password = Password, string? from = null) =>
        PostAsync("/api/auth/login", new { username = name, password }, from: from);

    public async Task<string> SignInAsync(string password = Password) => (await LoginAsync(password: password)).Cookie;

    public async Task<string> MakeTokenAsync(string role, string name = "probe", DateTimeOffset? expiresAt = null)
    {
        var answer = await PostAsync("/api/auth/tokens", new { name, role, expiresAt }, Bearer(CommandLineSecret));
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        return answer.Data["token"]!.GetValue<string>();
    }

    public static string Bearer(string secret) => "Bearer " + secret;

    public static string Basic(string name, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static void MapProbes(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/probe");
        foreach (var role in Roles.All)
        {
            api.MapMethods(role.Text(), ["GET", "POST"], (HttpContext context) => context.User.Caller().ToString()).RequireRole(role);
        }

        api.MapGroup("group").RequireRole(Role.Viewer).MapGet("admin", () => "inside").RequireRole(Role.Admin);
        api.MapGet("project/{name}", (string name) => name).RequireRole(Role.Viewer);
        api.MapGet("address", (HttpContext context) => $"{context.Request.Scheme} {context.Connection.RemoteIpAddress} {context.Request.Host}").RequireRole(Role.Viewer);
        api.MapMethods("open", ["GET", "POST"], (HttpContext context) => context.User.FindCaller()?.Name ?? "stranger");
        api.MapGet("cached", (HttpContext context) => context.Response.Headers.CacheControl = "max-age=60");
        api.MapGet("broken", string () => throw new InvalidOperationException("a bug"));
        app.MapGet("/page", () => "page");
    }

    private static void Secure(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            listen.UseHttps(certificate);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, string? from, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from ?? "127.0.0.1"), 0));
        await socket.ConnectAsync(IPAddress.Parse(target.Host), target.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
