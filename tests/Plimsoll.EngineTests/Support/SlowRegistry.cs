using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.EngineTests.Support;

/// <summary>Stands before the real registry and holds back every blob until it is told to let go.</summary>
public sealed class SlowRegistry : IAsyncDisposable
{
    private readonly TaskCompletionSource blobAskedFor = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient upstream = new();
    private readonly string upstreamHost;
    private LocalServer? server;

    private SlowRegistry(string upstreamHost) => this.upstreamHost = upstreamHost;

    public string Host => server!.Address.Authority;

    /// <summary>Completes when somebody asks for a blob's bytes.</summary>
    public Task BlobAskedFor => blobAskedFor.Task;

    public static async Task<SlowRegistry> StartAsync(string upstreamHost, CancellationToken cancellationToken)
    {
        var registry = new SlowRegistry(upstreamHost);
        registry.server = await LocalServer.StartAsync(registry.PassOnAsync, cancellationToken);
        return registry;
    }

    public void LetGo() => letGo.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        LetGo();
        await server!.DisposeAsync();
        upstream.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) && HttpMethods.IsGet(context.Request.Method))
        {
            blobAskedFor.TrySetResult();
            await letGo.Task.WaitAsync(context.RequestAborted);
        }

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
