using System.Text.Json;
using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Transport;

/// <summary>What a server said about an error, in any of the shapes registries and token servers use.</summary>
/// <param name="Codes">Codes of the distribution specification in capitals, such as DENIED.</param>
/// <param name="Text">Its own words, cut short and without control characters; null where it said nothing.</param>
internal sealed record ServerMessage(IReadOnlyList<string> Codes, string? Text)
{
    public const int MostBytes = 64 * 1024;

    private const int LongestText = 300;
    private const int MostErrors = 3;

    public static ServerMessage Read(ReadOnlyMemory<byte> body, RegistryAccess access)
    {
        if (JsonReading.ObjectOf(body) is not { } document)
        {
            return new ServerMessage([], null);
        }

        var errors = document.Items("errors").Take(MostErrors).ToList();
        var codes = errors.Select(error => error.Text("code")?.ToUpperInvariant()).OfType<string>().ToList();
        var texts = errors.Count > 0
            ? errors.Select(TextOf)
            : [document.Text("details") ?? document.Text("error_description") ?? document.Text("message") ?? document.Text("error")];
        var text = string.Join("; ", texts.Where(part => !string.IsNullOrWhiteSpace(part)));
        return new ServerMessage(codes, text.Length == 0 ? null : Excerpt.Of(WithoutSecret(text, access), LongestText));
    }

    private static string? TextOf(JsonElement error) => error.Text("message") ?? error.Text("code");

    /// <summary>A server may repeat what it was sent.</summary>
    private static string WithoutSecret(string text, RegistryAccess access) =>
        Without(Without(text, access.Password), access.IdentityToken);

    private static string Without(string text, string? secret) =>
        string.IsNullOrEmpty(secret) ? text : text.Replace(secret, "…", StringComparison.Ordinal);
}
