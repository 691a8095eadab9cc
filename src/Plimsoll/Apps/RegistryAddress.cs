using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>
/// Turns what people paste for a registry (<c>https://ghcr.io/</c>, <c>index.docker.io/v1/</c>) into the host as image
/// references name it. Pure.
/// </summary>
internal static class RegistryAddress
{
    private const string Http = "http://";
    private const string Https = "https://";

    /// <summary>Whether the address says that plain http is to be spoken.</summary>
    public static bool IsPlainHttp(string text) => text.TrimStart().StartsWith(Http, StringComparison.OrdinalIgnoreCase);

    /// <summary>The host, or what was left of the text when it is none: <see cref="Problem"/> then says why.</summary>
    public static string Canonical(string text)
    {
        var rest = text.Trim();
        foreach (var scheme in (ReadOnlySpan<string>)[Http, Https])
        {
            if (rest.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[scheme.Length..];
            }
        }

        rest = WithoutUsualPath(rest);
        return HostOf(rest) ?? rest;
    }

    /// <summary>The sentence that says why this is not a host in its canonical form, or null.</summary>
    public static string? Problem(string host) => host switch
    {
        "" => "The address of the registry is needed, for example ghcr.io or https://git.example.org:5000.",
        // Not repeated: what stands before the '@' is a password.
        _ when host.Contains('@', StringComparison.Ordinal) => "Write the user name and the token in fields of their own, not in the address.",
        _ when HostOf(host) == host => null,
        _ when host.Contains('/', StringComparison.Ordinal) => $"Write only the registry's host, without a path: '{host}' goes on after it.",
        _ => $"'{host}' is not a registry's host, for example ghcr.io or git.example.org:5000.",
    };

    /// <summary>Docker's own configuration writes Docker Hub as <c>https://index.docker.io/v1/</c>, and others follow it.</summary>
    private static string WithoutUsualPath(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && text[slash..].TrimEnd('/') is "" or "/v1" or "/v2" ? text[..slash] : text;
    }

    private static string? HostOf(string text) =>
        ImageReference.TryParse(text + "/x", out var reference, out _) && reference!.Repository is "x" or "library/x"
        && reference.Digest is null && reference.Tag is null && !text.Contains('/', StringComparison.Ordinal)
            ? reference.Registry
            : null;
}
