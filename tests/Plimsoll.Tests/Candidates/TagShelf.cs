using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Tests.Registry;

namespace Plimsoll.Tests.Candidates;

/// <summary>A registry with one repository, <c>acme/shop</c>, whose tags a test puts up and takes down.</summary>
internal sealed class TagShelf : IAsyncDisposable
{
    private readonly RegistryDouble _server;

    private TagShelf(RegistryDouble server) => _server = server;

    public Dictionary<string, string> Contents { get; } = [];

    public string Repository => $"{_server.Host}/acme/shop";

    /// <summary>Called before an answer about a tag; may wait or say no with a status.</summary>
    public Func<string, Task<int>> BeforeTag { get; set; } = _ => Task.FromResult(200);

    public int Asked(string tag) => _server.Lines.Count(line => line.Contains($"/manifests/{tag}", StringComparison.Ordinal));

    public static async Task<TagShelf> StartAsync(params string[] tags)
    {
        var shelf = new TagShelf(await RegistryDouble.StartAsync());
        shelf._server.Answer = shelf.AnswerAsync;
        foreach (var tag in tags)
        {
            shelf.Contents[tag] = tag;
        }

        return shelf;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/tags/list", StringComparison.Ordinal))
        {
            await context.Json($$"""{"name":"acme/shop","tags":[{{string.Join(',', Contents.Keys.Select(tag => $"\"{tag}\""))}}]}""");
            return;
        }

        var tag = path.Split('/')[^1];
        // What the answer will say is fixed when the question arrives, as in a real registry.
        var content = Contents.GetValueOrDefault(tag);
        var status = await BeforeTag(tag);
        if (status != 200)
        {
            await context.Status(status);
        }
        else if (content is not null)
        {
            await context.Manifest(Encoding.UTF8.GetBytes(content));
        }
        else
        {
            await context.Json("""{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such tag"}]}""", 404);
        }
    }
}
