using System.Globalization;

namespace Plimsoll.Registry.Transport;

/// <summary>Reads Docker Hub's "100;w=21600" headers.</summary>
internal static class RateLimits
{
    public static RateLimit? Of(RegistryAnswer answer)
    {
        var (limit, window) = Parse(answer.Header("ratelimit-limit"));
        var (remaining, otherWindow) = Parse(answer.Header("ratelimit-remaining"));
        return limit is null && remaining is null
            ? null
            : new RateLimit(limit, remaining, window ?? otherWindow, answer.Header("docker-ratelimit-source"));
    }

    private static (int? Count, TimeSpan? Window) Parse(string? header)
    {
        var parts = header?.Split(';', StringSplitOptions.TrimEntries) ?? [];
        if (parts.Length == 0 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return (null, null);
        }

        var window = parts.FirstOrDefault(part => part.StartsWith("w=", StringComparison.Ordinal));
        return int.TryParse(window?[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (count, TimeSpan.FromSeconds(seconds))
            : (count, null);
    }
}
