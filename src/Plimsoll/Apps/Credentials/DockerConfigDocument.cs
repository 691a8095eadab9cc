using System.Text;
using System.Text.Json;

namespace Plimsoll.Apps.Credentials;

/// <summary>What Docker's <c>config.json</c> says of credentials. Pure; a part that makes no sense counts as absent.</summary>
internal sealed class DockerConfigDocument
{
    private const int MostEntries = 1_000;
    private readonly Dictionary<string, StoredCredential> _credentials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _helpers = new(StringComparer.Ordinal);
    private readonly string? _store;

    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public DockerConfigDocument(string text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("It is not an object.");
        }

        foreach (var entry in Members(document.RootElement, "auths"))
        {
            if (entry.Value.ValueKind == JsonValueKind.Object && Read(entry.Value) is { } credential)
            {
                _credentials[HostOf(entry.Name)] = credential;
            }
        }

        foreach (var entry in Members(document.RootElement, "credHelpers"))
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
            {
                _helpers[HostOf(entry.Name)] = entry.Value.GetString()!;
            }
        }

        _store = Text(document.RootElement, "credsStore");
    }

    /// <summary>The one that stands in the file itself.</summary>
    public StoredCredential? CredentialOf(string host) => _credentials.GetValueOrDefault(host);

    /// <summary>Who is to be asked: the helper of this host, or the one of all hosts.</summary>
    public string? HelperOf(string host) => _helpers.GetValueOrDefault(host) ?? _store;

    private static string HostOf(string key) => RegistryAddress.Canonical(key);

    private static IEnumerable<JsonProperty> Members(JsonElement root, string name) =>
        root.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? found.EnumerateObject().Take(MostEntries) : [];

    private static StoredCredential? Read(JsonElement entry)
    {
        if (Text(entry, "identitytoken") is { } identity)
        {
            return new StoredCredential(null, null, identity);
        }

        if (Text(entry, "auth") is { } encoded)
        {
            return Decode(encoded);
        }

        return Text(entry, "username") is { } user && Text(entry, "password") is { } password ? new StoredCredential(user, password, null) : null;
    }

    private static StoredCredential? Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        // Docker pads old entries with zero bytes.
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length)).TrimEnd('\0');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !text.Any(char.IsControl) ? new StoredCredential(text[..colon], text[(colon + 1)..], null) : null;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
