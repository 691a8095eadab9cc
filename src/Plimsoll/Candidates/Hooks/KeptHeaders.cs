namespace Plimsoll.Candidates.Hooks;

/// <summary>The headers of a message that matter: what is read of them, and what of that is kept for people to see.</summary>
internal static class KeptHeaders
{
    public const string Hidden = "••••••••";
    private const int Longest = 300;
    private const int LongestSecret = 2_000;

    private static readonly string[] Plain =
    [
        "Content-Type", "User-Agent", "X-GitHub-Event", "X-GitHub-Delivery", "X-GitHub-Hook-ID", "X-GitHub-Hook-Installation-Target-Type", "X-Gitlab-Event",
        "X-Gitea-Event", "X-Gitea-Delivery", "X-Gitea-Event-Type", "X-Forgejo-Event", "X-Forgejo-Delivery", "X-Forgejo-Event-Type", "X-Gogs-Event", "X-Gogs-Delivery",
    ];

    private static readonly string[] Secret =
        ["Authorization", "X-Gitlab-Token", "X-Hub-Signature", "X-Hub-Signature-256", "X-Gitea-Signature", "X-Forgejo-Signature", "X-Gogs-Signature"];

    public static Dictionary<string, string> Of(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Plain.Concat(Secret))
        {
            if (headers.TryGetValue(name, out var values))
            {
                var value = values.ToString();
                var longest = Secret.Contains(name) ? LongestSecret : Longest;
                kept[name] = value.Length <= longest ? value : value[..longest];
            }
        }

        return kept;
    }

    /// <summary>For the record: that a secret was sent, not which. An empty one is told as empty.</summary>
    public static Dictionary<string, string> Masked(IReadOnlyDictionary<string, string> headers) => headers.ToDictionary(
        header => header.Key,
        header => !Secret.Contains(header.Key, StringComparer.OrdinalIgnoreCase) || header.Value.Length == 0 ? header.Value : Mask(header.Value),
        StringComparer.OrdinalIgnoreCase);

    private static string Mask(string value)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["Bearer ", "Basic ", "sha256=", "sha1="])
        {
            if (value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return scheme + Hidden;
            }
        }

        return Hidden;
    }
}
