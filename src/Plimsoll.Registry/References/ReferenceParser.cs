using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Registry.References;

/// <summary>
/// Reads a reference from the right: digest, tag, then host and path, with Docker's rule that a first part is a host
/// when it holds a dot or a colon, or is "localhost". Docker also takes "MyOrg/app" for a host named MyOrg; here that is
/// refused, since it is always somebody's repository in capital letters.
/// </summary>
internal static class ReferenceParser
{
    // Host, path, tag and the longest digest with their separators stay well below this.
    private const int LongestText = 1024;
    private const int IdentifierLength = 64;

    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out ImageReference? reference,
        [NotNullWhen(false)] out string? problem)
    {
        reference = null;
        problem = ProblemOfTheWhole(text);
        if (problem is not null)
        {
            return false;
        }

        var (rest, digestText) = SplitDigest(text!);
        Digest? digest = null;
        if (digestText is not null)
        {
            if (!Registry.Digest.TryParse(digestText, out var parsed))
            {
                problem = $"\"{Excerpt.Of(digestText)}\" is not a digest: write sha256: and 64 lower-case hexadecimal digits after the @.";
                return false;
            }

            digest = parsed;
        }

        var (name, tag) = SplitTag(rest);
        if (tag is not null && !ReferenceGrammar.IsTag(tag))
        {
            problem = $"\"{Excerpt.Of(tag)}\" is not a tag: a tag is up to 128 letters, digits, '_', '.' and '-', and begins with neither '.' nor '-'.";
            return false;
        }

        var (host, path) = SplitHost(name);
        var registry = RegistryHost.Canonical(host);
        if (registry is null)
        {
            problem = $"\"{Excerpt.Of(host)}\" is not a registry address: write a host name or address and, if needed, a port such as registry.example.com:5000.";
            return false;
        }

        if (registry == ImageReference.DockerHub && path.Length > 0 && !path.Contains('/'))
        {
            path = ImageReference.OfficialPrefix + path;
        }

        if (!ReferenceGrammar.IsRepository(path))
        {
            problem = ProblemOfPath(path);
            return false;
        }

        reference = new ImageReference(registry, path, tag, digest);
        return true;
    }

    private static string? ProblemOfTheWhole(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "An image name is needed, for example ghcr.io/owner/app:1.0.";
        }

        if (text.Length > LongestText)
        {
            return $"An image name is at most {LongestText} characters long; this one has {text.Length}.";
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return $"\"{Excerpt.Of(text)}\" is an address: write the image name without the part before \"://\".";
        }

        return text.Length == IdentifierLength && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f')
            ? "64 hexadecimal digits alone are an image id, not a name that a registry knows."
            : null;
    }

    private static string ProblemOfPath(string path)
    {
        if (path.Length == 0)
        {
            return "The repository is missing: write it after the registry, for example ghcr.io/owner/app.";
        }

        if (path.Length > ReferenceGrammar.LongestRepository)
        {
            return $"A repository name is at most {ReferenceGrammar.LongestRepository} characters long; this one has {path.Length}.";
        }

        return path.Any(char.IsAsciiLetterUpper)
            ? $"The repository name \"{Excerpt.Of(path)}\" must be in lower case."
            : $"\"{Excerpt.Of(path)}\" is not a repository name: lower-case letters and digits, joined by '.', '_', '__', '-' or '/'.";
    }

    private static (string BeforeDigest, string? Digest) SplitDigest(string text)
    {
        var at = text.IndexOf('@');
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    /// <summary>A colon after the last slash begins a tag; one before it belongs to the host's port.</summary>
    private static (string Name, string? Tag) SplitTag(string text)
    {
        var colon = text.IndexOf(':', text.LastIndexOf('/') + 1);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static (string Host, string Path) SplitHost(string name)
    {
        var slash = name.IndexOf('/');
        if (slash < 0)
        {
            return (ImageReference.DockerHub, name);
        }

        var first = name[..slash];
        var isHost = first == "localhost" || first.Any(c => c is '.' or ':');
        return isHost ? (first, name[(slash + 1)..]) : (ImageReference.DockerHub, name);
    }
}
