using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

/// <summary>
/// Speaks the Engine API over a real unix socket, with the answers a test gives it. For what a real engine can not be made to do on
/// request: break off in mid-stream, be of another version, answer with errors.
/// </summary>
internal sealed class EngineDouble : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plimsoll-engine-");
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private readonly Action<KestrelServerOptions>? _listen;
    private WebApplication? _server;

    private EngineDouble(Action<KestrelServerOptions>? listen) => _listen = listen;

    public string ApiVersion { get; set; } = "1.41";

    public ConcurrentQueue<SeenRequest> Requests { get; } = [];

    public string SocketPath => Path.Combine(_folder.FullName, "docker.sock");

    public DockerEndpoint Endpoint => DockerEndpoint.Parse($"unix://{SocketPath}");

    public IReadOnlyCollection<string> Addresses => [.. _server!.Urls];

    public static async Task<EngineDouble> StartAsync(Action<KestrelServerOptions>? listen = null)
    {
        var engine = new EngineDouble(listen);
        await engine.StartAgainAsync();
        return engine;
    }

    /// <summary>A double that does not listen yet.</summary>
    public static EngineDouble Stopped() => new(listen: null);

    public DockerEngine Connect(TimeProvider? time = null, DockerEngineOptions? options = null) =>
        new(Endpoint, time ?? TimeProvider.System, options);

    /// <summary>Answers requests for this method and path, which is written without the version.</summary>
    public EngineDouble On(string method, string path, RequestDelegate answer)
    {
        _answers[$"{method} {path}"] = answer;
        return this;
    }

    public EngineDouble On(string method, string path, int status, string body) =>
        On(method, path, context => WriteAsync(context, status, body));

    public async Task StartAgainAsync()
    {
        File.Delete(SocketPath);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            if (_listen is null)
            {
                options.ListenUnixSocket(SocketPath);
            }
            else
            {
                _listen(options);
            }
        });
        _server = builder.Build();
        _server.Run(AnswerAsync);
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Goes away at once, with all connections.</summary>
    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await server.StopAsync(now.Token);
            await server.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    public static async Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        if (body.Length == 0)
        {
            // Not even nothing may be written where the status allows no body.
            return;
        }

        context.Response.ContentType = body.StartsWith('{') || body.StartsWith('[') ? "application/json" : "text/html";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["Api-Version"] = ApiVersion;
        var path = context.Request.Path.Value!;
        if (path == "/_ping")
        {
            Requests.Enqueue(new SeenRequest(context.Request.Method, path, null, "", "", ""));
            await context.Response.WriteAsync("OK", context.RequestAborted);
            return;
        }

        var slash = path.IndexOf('/', 1);
        var (version, rest) = (path[2..slash], path[slash..]);
        using var body = new StreamReader(context.Request.Body, Encoding.UTF8);
        Requests.Enqueue(new SeenRequest(
            context.Request.Method, rest, version, context.Request.QueryString.Value ?? "", await body.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers["X-Registry-Auth"].ToString()));
        if (_answers.TryGetValue($"{context.Request.Method} {rest}", out var answer))
        {
            await answer(context);
        }
        else
        {
            await WriteAsync(context, 404, """{"message":"page not found"}""");
        }
    }

    internal sealed record SeenRequest(string Method, string Path, string? Version, string Query, string Body, string RegistryAuth)
    {
        public string? Parameter(string key) =>
            Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query).TryGetValue(key, out var value) ? value.ToString() : null;
    }
}
