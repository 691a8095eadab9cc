using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

/// <summary>An image as bytes: a configuration, and the manifest that points to it.</summary>
internal sealed class SampleImage
{
    public SampleImage(
        string configuration = """{"architecture":"amd64","os":"linux"}""",
        string configurationType = "application/vnd.oci.image.config.v1+json",
        string layers = "[]")
    {
        Configuration = Encoding.UTF8.GetBytes(configuration);
        ConfigurationDigest = Digest.OfBytes(Configuration);
        Manifest = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{Answers.ManifestType}}","config":{"mediaType":"{{configurationType}}","digest":"{{ConfigurationDigest}}","size":{{Configuration.Length}}},"layers":{{layers}}}""");
        Digest = Digest.OfBytes(Manifest);
    }

    public byte[] Configuration { get; }

    public Digest ConfigurationDigest { get; }

    public byte[] Manifest { get; }

    public Digest Digest { get; }

    /// <summary>An entry of an index for this image.</summary>
    public string Entry(string platform) =>
        $$"""{"mediaType":"{{Answers.ManifestType}}","digest":"{{Digest}}","size":{{Manifest.Length}},"platform":{{platform}}}""";

    public static byte[] Index(params string[] entries) =>
        Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{Answers.IndexType}}","manifests":[{{string.Join(",", entries)}}]}""");

    /// <summary>Serves images by digest, and one manifest under the tag "1".</summary>
    public static RequestDelegate Serve(byte[] tagged, params SampleImage[] images) => context =>
    {
        var last = context.Request.Path.Value!.Split('/')[^1];
        if (last == "1")
        {
            return context.Manifest(tagged);
        }

        foreach (var image in images)
        {
            if (last == image.Digest.ToString())
            {
                return context.Manifest(image.Manifest);
            }

            if (last == image.ConfigurationDigest.ToString())
            {
                return context.Bytes(image.Configuration, "application/octet-stream");
            }
        }

        return context.Json("""{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""", 404);
    };
}
