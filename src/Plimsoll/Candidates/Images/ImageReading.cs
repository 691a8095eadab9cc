using System.Security.Cryptography;
using System.Text;
using Plimsoll.Registry;

namespace Plimsoll.Candidates.Images;

/// <summary>Makes of an image's configuration what is kept of it. Images come from everywhere: everything is bounded. Pure.</summary>
internal static class ImageReading
{
    public const string Hidden = "••••••••";
    private const int MostVariables = 200;
    private const int MostWords = 50;
    private const int MostPorts = 100;
    private const int LongestText = 500;

    /// <summary>Docker is younger: whoever says an earlier year has not looked at a clock.</summary>
    private static readonly DateTimeOffset Earliest = new(2013, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ImageContents Of(ImageConfiguration image) => new()
    {
        Created = image.Created is { } created && created >= Earliest ? created.ToUniversalTime() : null,
        Version = Label(image, "org.opencontainers.image.version", "org.label-schema.version"),
        Revision = Label(image, "org.opencontainers.image.revision", "org.label-schema.vcs-ref"),
        Source = Label(image, "org.opencontainers.image.source", "org.label-schema.vcs-url") is { } source ? SourceLink.Clean(source) : null,
        LayerBytes = image.LayerBytes,
        Environment = [.. image.Environment.Take(MostVariables).Select(Variable)],
        Entrypoint = Words(image.Entrypoint),
        Command = Words(image.Command),
        Ports = [.. image.ExposedTcpPorts.Take(MostPorts)],
        PlatformDigest = image.ManifestDigest.ToString(),
    };

    private static string? Label(ImageConfiguration image, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (image.Labels.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text)
            {
                return Short(text);
            }
        }

        return null;
    }

    private static ImageVariable Variable(string text)
    {
        var (name, value) = text.IndexOf('=') is >= 0 and var sign ? (text[..sign], text[(sign + 1)..]) : (text, "");
        return SecretNames.LooksSecret(name) && value.Length > 0
            ? new ImageVariable(Short(name), Hidden, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8])
            : new ImageVariable(Short(name), Short(value));
    }

    private static string[] Words(IReadOnlyList<string> words) => [.. words.Take(MostWords).Select(Short)];

    private static string Short(string text)
    {
        var line = new string([.. text.Take(LongestText + 1).Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length <= LongestText ? line : line[..LongestText] + "…";
    }
}
