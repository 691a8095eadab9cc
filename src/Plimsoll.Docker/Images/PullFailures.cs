namespace Plimsoll.Docker;

/// <summary>
/// Reads the kind of a failed pull from the engine's words, which are all there is: most of these errors arrive as status 500 or in the
/// middle of a stream. The order matters, as messages quote each other.
/// </summary>
internal static class PullFailures
{
    private static readonly (PullFailure Failure, string[] Words)[] Known =
    [
        (PullFailure.DiskFull, ["no space left on device", "disk quota exceeded"]),
        (PullFailure.RateLimited, ["toomanyrequests", "too many requests", "rate limit", "status: 429"]),
        (PullFailure.Denied,
        [
            "unauthorized", "access denied", "denied: ", "access to the resource is denied", "denied on resource", "authentication required",
            "no basic auth credentials", "insufficient_scope", "403 forbidden", "status: 403",
        ]),
        (PullFailure.NotFound,
        [
            "manifest unknown", "manifest_unknown", "name unknown", "name_unknown", "no matching manifest", "repository does not exist",
            "does not match the specified platform", ": not found", " not found:",
        ]),
        (PullFailure.RegistryUnreachable,
        [
            "connection refused", "no such host", "timeout", "timed out", "deadline exceeded", "no route to host", "network is unreachable",
            "connection reset", "broken pipe", "server misbehaving", "temporary failure in name resolution", "tls:", "x509:", "tls handshake",
            "server gave http response to https client", "unexpected eof", ": eof", "bad gateway", "service unavailable", "internal server error",
            "status: 50", "proxyconnect",
        ]),
    ];

    /// <summary>The image's own name is left out of the search: an image may be called "denied" or "timeout".</summary>
    public static PullFailure Classify(string? message, PullRequest request)
    {
        if (message is null)
        {
            return PullFailure.Other;
        }

        var text = message
            .Replace(request.Reference, "the image", StringComparison.OrdinalIgnoreCase)
            .Replace(request.Repository, "the repository", StringComparison.OrdinalIgnoreCase);
        foreach (var (failure, words) in Known)
        {
            if (Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return failure;
            }
        }

        // "manifest for … not found" ends so without anything after it.
        return text.TrimEnd().EndsWith("not found", StringComparison.OrdinalIgnoreCase) ? PullFailure.NotFound : PullFailure.Other;
    }
}
