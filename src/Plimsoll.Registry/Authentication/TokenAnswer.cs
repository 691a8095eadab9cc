using System.Text.Json;

namespace Plimsoll.Registry.Authentication;

/// <summary>Reads a token server's answer: "token" or "access_token", and how long it is good.</summary>
internal static class TokenAnswer
{
    private static readonly TimeSpan defaultLifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan longestLifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan longestMargin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Null when there is no usable token. The lifetime counts from when it was asked for by our own clock: "issued_at" is the
    /// server's clock, which may differ.
    /// </summary>
    public static RegistryToken? Read(ReadOnlyMemory<byte> body, DateTimeOffset askedAt)
    {
        if (JsonReading.UnambiguousObjectOf(body) is not { } document || ValueOf(document) is not { } value)
        {
            return null;
        }

        var lifetime = document.Number("expires_in") is { } seconds and > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, (long)longestLifetime.TotalSeconds))
            : defaultLifetime;
        var margin = lifetime / 4 < longestMargin ? lifetime / 4 : longestMargin;
        return new RegistryToken(value, askedAt + lifetime - margin);
    }

    private static string? ValueOf(JsonElement document)
    {
        var value = document.Text("token") is { Length: > 0 } token ? token : document.Text("access_token");

        // Anything else could smuggle a line break into a header.
        return value is { Length: > 0 } && value.All(c => c is > ' ' and <= '~') ? value : null;
    }
}
