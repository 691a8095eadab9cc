using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Apps;

/// <summary>
/// Makes DNS-safe labels (RFC 1035 §2.3.4: at most 63 characters) out of stage, project and tag names. What does not
/// fit is cut and gets a short hash of the whole, so that two long names that begin alike stay apart.
/// </summary>
internal static class HostNames
{
    public const int LongestLabel = 63;
    private const int HashLength = 6;

    /// <summary>The name of a stage's live version.</summary>
    public static string ForStage(Settings settings, string project, Stage stage) =>
        Full(stage.Subdomain is { } custom ? Label(custom) : Label(Fill(settings.SubdomainPattern, project, stage.Name)), settings.Domain);

    /// <summary>The name of one tag of a stage, or null: a stage with a name of its own shows only that to the world.</summary>
    public static string? ForTag(Settings settings, string project, Stage stage, string tag) =>
        stage.Subdomain is null ? Full(Label(Fill(settings.SubdomainPattern, project, stage.Name) + "-" + tag), settings.Domain) : null;

    /// <summary>Another name for the same thing, for when <paramref name="host"/> belongs to something else already. Always the same for the same owner.</summary>
    public static string Apart(string host, string owner)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        var (label, rest) = dot < 0 ? (host, "") : (host[..dot], host[dot..]);
        return WithHash(label, owner + "\n" + host) + rest;
    }

    public static string Label(string text)
    {
        var label = Sanitise(text);
        if (label.Length == 0)
        {
            return "x-" + Hash(text);
        }

        return label.Length <= LongestLabel ? label : WithHash(label, text);
    }

    /// <summary>Lower case letters, digits and single dashes, none at the ends; without any limit of length.</summary>
    public static string Sanitise(string text)
    {
        var label = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                label.Append(char.ToLowerInvariant(c));
            }
            else if (label.Length > 0 && label[^1] != '-')
            {
                label.Append('-');
            }
        }

        return label.ToString().TrimEnd('-');
    }

    private static string Fill(string pattern, string project, string stage) =>
        pattern.Replace("{stage}", stage, StringComparison.Ordinal).Replace("{project}", project, StringComparison.Ordinal);

    private static string Full(string label, string domain) => $"{label}.{domain.Trim('.').ToLowerInvariant()}";

    private static string WithHash(string label, string whole) =>
        label[..Math.Min(label.Length, LongestLabel - HashLength - 1)].TrimEnd('-') + "-" + Hash(whole);

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
