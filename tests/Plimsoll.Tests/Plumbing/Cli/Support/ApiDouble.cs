using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Tests.Plumbing.Cli.Support;

/// <summary>A server that speaks the API's envelope on a real socket. What it is not told to answer is a 404 in the envelope.</summary>
internal sealed class ApiDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, Func<HttpContext, Task>> _answers = [];

    private ApiDouble(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public ConcurrentQueue<SeenCall> Calls { get; } = new();

    /// <param name="socket">A unix socket to listen on instead of a port of this machine.</param>
    public static async Task<ApiDouble> StartAsync(string? socket = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (socket is null)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenUnixSocket(socket);
            }
        });
        var app = builder.Build();
        var server = new ApiDouble(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <param name="call">Method and path: <c>GET /api/projects</c>.</param>
    public ApiDouble Answers(string call, string data, int status = 200) => Raw(call, $$"""{"code":0,"msg":"ok","data":{{data}},"new":1}""", status);

    public ApiDouble Refuses(string call, int code, string message, string errors = "null") =>
        Raw(call, $$"""{"code":{{code}},"msg":"{{message}}","data":{{(errors == "null" ? "null" : $$"""{"errors":{{errors}}}""")}}}""", code / 100);

    public ApiDouble Raw(string call, string body, int status = 200, string type = "application/json; charset=utf-8") => Handles(call, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body, context.RequestAborted);
    });

    public ApiDouble Handles(string call, Func<HttpContext, Task> answer)
    {
        _answers[call] = answer;
        return this;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = new SeenCall(
            $"{context.Request.Method} {context.Request.Path}",
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.ContentType,
            context.Request.Headers.Authorization.ToString(),
            context.Request.Headers["Last-Event-ID"].ToString());
        Calls.Enqueue(call);
        if (_answers.TryGetValue(call.Call, out var answer))
        {
            await answer(context);
            return;
        }

        context.Response.StatusCode = 404;
        await context.Response.WriteAsJsonAsync(new { code = 40400, msg = $"There is nothing at {context.Request.Path}.", data = (object?)null }, context.RequestAborted);
    }
}
