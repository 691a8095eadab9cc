using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>Pushes an image for two platforms with plain requests, as build tools do: blobs, a manifest for each platform, then the index under the tag.</summary>
internal static class MultiArchPush
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string IndexType = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <param name="existing">The tag of an image for this machine that the repository holds already; it becomes one of the two.</param>
    /// <param name="times">How often the index is put under the tag.</param>
    /// <returns>The digest of the index.</returns>
    public static async Task<string> PushIndexAsync(this LocalRegistry registry, string repository, string existing, string tag, int times, CancellationToken cancellationToken)
    {
        var here = await registry.ReadAsync(repository, $"manifests/{existing}", cancellationToken);
        var manifest = JsonNode.Parse(here)!;
        var configuration = JsonNode.Parse(await registry.ReadAsync(repository, $"blobs/{manifest["config"]!["digest"]}", cancellationToken))!;
        var thisArchitecture = (string)configuration["architecture"]!;
        var otherArchitecture = thisArchitecture == "arm64" ? "amd64" : "arm64";
        configuration["architecture"] = otherArchitecture;
        var otherConfiguration = Encoding.UTF8.GetBytes(configuration.ToJsonString());
        await registry.UploadAsync(repository, otherConfiguration, cancellationToken);
        manifest["config"]!["digest"] = DigestOf(otherConfiguration);
        manifest["config"]!["size"] = otherConfiguration.Length;
        var other = Encoding.UTF8.GetBytes(manifest.ToJsonString());

        foreach (var child in new[] { here, other })
        {
            await registry.PutManifestAsync(repository, DigestOf(child), ManifestType, child, cancellationToken);
        }

        var index = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = IndexType,
            ["manifests"] = new JsonArray(Entry(here, thisArchitecture), Entry(other, otherArchitecture)),
        }.ToJsonString());
        for (var time = 0; time < times; time++)
        {
            await registry.PutManifestAsync(repository, tag, IndexType, index, cancellationToken);
        }

        return DigestOf(index);
    }

    private static JsonObject Entry(byte[] manifest, string architecture) => new()
    {
        ["mediaType"] = ManifestType,
        ["size"] = manifest.Length,
        ["digest"] = DigestOf(manifest),
        ["platform"] = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" },
    };

    private static async Task<byte[]> ReadAsync(this LocalRegistry registry, string repository, string what, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{repository}/{what}");
        using var answer = await registry.SendAsync(request, repository, cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static async Task UploadAsync(this LocalRegistry registry, string repository, byte[] blob, CancellationToken cancellationToken)
    {
        using var begin = new HttpRequestMessage(HttpMethod.Post, $"{repository}/blobs/uploads/");
        using var begun = await registry.SendAsync(begin, repository, cancellationToken);
        var place = begun.EnsureSuccessStatusCode().Headers.Location!.ToString();
        using var put = new HttpRequestMessage(HttpMethod.Put, $"{place}{(place.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={DigestOf(blob)}") { Content = new ByteArrayContent(blob) };
        put.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var done = await registry.SendAsync(put, repository, cancellationToken);
        done.EnsureSuccessStatusCode();
    }

    private static async Task PutManifestAsync(this LocalRegistry registry, string repository, string reference, string type, byte[] manifest, CancellationToken cancellationToken)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, $"{repository}/manifests/{reference}") { Content = new ByteArrayContent(manifest) };
        put.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var done = await registry.SendAsync(put, repository, cancellationToken);
        done.EnsureSuccessStatusCode();
    }

    private static string DigestOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
