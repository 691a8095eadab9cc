using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Manifests;

/// <summary>Reads a manifest. What it is follows from what it contains; the declared type only names it.</summary>
internal static class ManifestParser
{
    private const int MostChildren = 4096;

    public static bool TryParse(
        byte[] bytes,
        Digest digest,
        string? contentType,
        [NotNullWhen(true)] out Manifest? manifest,
        [NotNullWhen(false)] out string? problem)
    {
        manifest = null;
        problem = null;
        if (JsonReading.UnambiguousObjectOf(bytes) is not { } document)
        {
            problem = $"the answer is no manifest but {Excerpt.Of(contentType ?? "something else")}";
            return false;
        }

        if (document.Number("schemaVersion") == 1)
        {
            problem = "the image has a manifest of the old schema 1, which engines no longer pull";
            return false;
        }

        var declared = document.Text("mediaType");
        if (document.Member("config") is { } config)
        {
            if (ReadDescriptor(config) is not { } configuration)
            {
                problem = "the manifest does not name its configuration by a digest";
                return false;
            }

            manifest = new Manifest(digest, declared ?? contentType ?? ManifestTypes.OciManifest, bytes.Length, [], configuration, SumOfLayers(document));
            return true;
        }

        if (document.Member("manifests") is not { ValueKind: JsonValueKind.Array } list)
        {
            problem = "the answer is neither an image nor an index of images";
            return false;
        }

        var children = list.EnumerateArray().Take(MostChildren).Select(ReadDescriptor).OfType<ContentDescriptor>().ToList();
        manifest = new Manifest(digest, declared ?? contentType ?? ManifestTypes.OciIndex, bytes.Length, children, null, null);
        return true;
    }

    private static long? SumOfLayers(JsonElement manifest)
    {
        if (manifest.Member("layers") is not { ValueKind: JsonValueKind.Array } layers)
        {
            return null;
        }

        var sum = 0L;
        foreach (var layer in layers.EnumerateArray())
        {
            // Written by whoever pushed the image, so it may be any number.
            if (layer.Number("size") is not { } size || size < 0 || size > long.MaxValue - sum)
            {
                return null;
            }

            sum += size;
        }

        return sum;
    }

    private static ContentDescriptor? ReadDescriptor(JsonElement element)
    {
        if (!Digest.TryParse(element.Text("digest"), out var digest))
        {
            return null;
        }

        var isAttestation = element.Member("annotations")?.Text("vnd.docker.reference.type") == "attestation-manifest";
        return new ContentDescriptor(digest, element.Text("mediaType"), element.Number("size"), ReadPlatform(element.Member("platform")), isAttestation);
    }

    private static Platform? ReadPlatform(JsonElement? element) =>
        element?.Text("os") is { } system && element?.Text("architecture") is { } architecture
            ? new Platform(system, architecture, element?.Text("variant"))
            : null;
}
