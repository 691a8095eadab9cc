namespace Plimsoll.Edge;

/// <summary>
/// Hands the path and query on as the client wrote them. Decoding and encoding them again would change what they mean:
/// <c>%252F</c> would arrive as <c>%2F</c>, and a signed URL would no longer match its signature.
/// </summary>
internal static class RequestTarget
{
    private static readonly UriCreationOptions _asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Null for a target without a path (<c>OPTIONS *</c>).</summary>
    public static Uri? On(string prefix, string rawTarget)
    {
        var path = PathOf(rawTarget);
        return path is null ? null : new Uri(prefix + path, _asWritten);
    }

    private static string? PathOf(string rawTarget)
    {
        if (rawTarget.StartsWith('/'))
        {
            return rawTarget;
        }

        var authority = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return null;
        }

        var afterAuthority = rawTarget.AsSpan(authority + 3);
        var start = afterAuthority.IndexOfAny('/', '?');
        return start < 0 ? "/"
            : afterAuthority[start] == '?' ? string.Concat("/", afterAuthority[start..])
            : afterAuthority[start..].ToString();
    }
}
