using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScanLoad;

/// <summary>Stands in for a Docker engine: it tells of containers that run nothing, and of their images, and has nothing else.</summary>
internal sealed class RecordedEngine : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RecordedEngine(WebApplication application) => _application = application;

    public static async Task<RecordedEngine> StartAsync(string socket, string registry, int containers, int images, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        var engine = new RecordedEngine(builder.Build());
        var list = "[" + string.Join(',', Enumerable.Range(0, containers).Select(number => Container(number, registry, number % images))) + "]";
        var details = Enumerable.Range(0, images).ToDictionary(ImageId, image => Image(registry, image));
        engine._application.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            context.Response.ContentType = "application/json";
            if (path.EndsWith("/events", StringComparison.Ordinal))
            {
                // Nothing ever happens on it.
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            var answer = path.EndsWith("/_ping", StringComparison.Ordinal) ? "OK"
                : path.EndsWith("/version", StringComparison.Ordinal) ? """{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12","Os":"linux","Arch":"amd64"}"""
                : path.EndsWith("/containers/json", StringComparison.Ordinal) ? context.Request.QueryString.Value!.Contains("label", StringComparison.Ordinal) ? "[]" : list
                : details.GetValueOrDefault(path.Split('/') is [.., var id, "json"] ? Uri.UnescapeDataString(id) : "");
            context.Response.Headers["Api-Version"] = "1.41";
            context.Response.StatusCode = answer is null ? 404 : 200;
            await context.Response.WriteAsync(answer ?? """{"message":"This engine only tells of containers."}""");
        });
        await engine._application.StartAsync();
        return engine;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static string Container(int number, string registry, int image) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"Id":"{{Hash($"container {number}")}}","Names":["/c{{number}}"],"Image":"{{registry}}/bench/app-{{image}}:v1","ImageID":"{{ImageId(image)}}","State":"running","Status":"Up 3 hours","Created":1700000000,"Labels":{"team":"bench"} }""");

    private static string Image(string registry, int image) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"Id":"{{ImageId(image)}}","RepoTags":["{{registry}}/bench/app-{{image}}:v1"],"RepoDigests":["{{registry}}/bench/app-{{image}}@sha256:{{Hash($"/v2/bench/app-{image}/manifests/v1")}}"],"Created":"2025-01-01T00:00:00Z","Os":"linux","Architecture":"amd64","Config":{} }""");

    private static string ImageId(int image) => "sha256:" + Hash($"image {image}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
