using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Inventory;

/// <summary>Stands before the real registry and takes note of what it is asked.</summary>
internal sealed class CountingRegistry : IAsyncDisposable
{
    private readonly HttpClient upstream = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string upstreamHost;
    private LocalServer? server;

    private CountingRegistry(string upstreamHost) => this.upstreamHost = upstreamHost;

    public string Host => server!.Address.Authority;

    /// <summary>Method and path, in the order in which they came.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public static async Task<CountingRegistry> StartAsync(string upstreamHost, CancellationToken cancellationToken)
    {
        var registry = new CountingRegistry(upstreamHost);
        registry.server = await LocalServer.StartAsync(registry.PassOnAsync, cancellationToken);
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        upstream.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        Lines.Enqueue($"{context.Request.Method} {context.Request.Path}");
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"http://{upstreamHost}{context.Request.Path}{context.Request.QueryString}");
        foreach (var accept in context.Request.Headers.Accept.OfType<string>().SelectMany(value => value.Split(',')))
        {
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept.Trim()));
        }

        using var answer = await upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
