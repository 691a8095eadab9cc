using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ScanLoad;

/// <summary>A registry that knows every image and takes a fixed time for each answer. It keeps when each request came and went.</summary>
internal sealed class SlowRegistry : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Request> _requests = new();

    private SlowRegistry(WebApplication application) => _application = application;

    public string Host => new Uri(_application.Urls.Single()).Authority;

    public IReadOnlyList<Request> Requests => [.. _requests];

    public static async Task<SlowRegistry> StartAsync(TimeSpan latency, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var registry = new SlowRegistry(builder.Build());
        registry._application.Run(async context =>
        {
            var came = time.GetTimestamp();
            await Task.Delay(latency, time, context.RequestAborted);
            var path = context.Request.Path.Value!;
            context.Response.Headers["Docker-Content-Digest"] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
            context.Response.ContentType = "application/vnd.oci.image.index.v1+json";
            registry._requests.Enqueue(new Request(context.Request.Method, path, came, time.GetTimestamp()));
        });
        await registry._application.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    internal sealed record Request(string Method, string Path, long Came, long Went);
}
