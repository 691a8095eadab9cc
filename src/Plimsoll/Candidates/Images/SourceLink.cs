namespace Plimsoll.Candidates.Images;

/// <summary>Links to an image's source. A label is somebody's word: only web addresses without a sign-in in them become links. Pure.</summary>
internal static class SourceLink
{
    private const int LongestRevision = 100;

    /// <returns>The address of the repository; null: it is none.</returns>
    public static string? Clean(string source)
    {
        var text = source.Trim();
        if (text.StartsWith("git@", StringComparison.Ordinal) && text.IndexOf(':') is > 4 and var colon)
        {
            text = $"https://{text[4..colon]}/{text[(colon + 1)..]}";
        }

        text = text.StartsWith("git+https://", StringComparison.Ordinal) || text.StartsWith("git+http://", StringComparison.Ordinal) ? text[4..] : text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            return null;
        }

        var path = address.AbsolutePath.TrimEnd('/');
        return $"{address.Scheme}://{address.Authority}{(path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path)}";
    }

    /// <returns>Where what lies between two revisions can be read; null: it cannot be told for this host, or a revision is no name of one.</returns>
    public static string? Compare(string? source, string? from, string? to)
    {
        if (source is null || !IsRevision(from) || !IsRevision(to) || from == to || !Uri.TryCreate(source, UriKind.Absolute, out var address)
            || address.AbsolutePath.Trim('/').Split('/').Length < 2)
        {
            return null;
        }

        return address.Host.Contains("gitlab", StringComparison.OrdinalIgnoreCase)
            ? $"{source}/-/compare/{from}...{to}"
            : address.Host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase)
                ? $"{source}/branches/compare/{to}..{from}"
                // GitHub, Gitea and Forgejo.
                : $"{source}/compare/{from}...{to}";
    }

    private static bool IsRevision(string? text) =>
        text is { Length: > 0 and <= LongestRevision } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && !text.Contains("..", StringComparison.Ordinal);
}
