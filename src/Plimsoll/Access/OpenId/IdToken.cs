using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Access.OpenId;

/// <summary>The signed word of a provider about who somebody is (OpenID Connect Core, section 3.1.3.7).</summary>
internal sealed class IdToken
{
    private const int Longest = 64 * 1024;
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private readonly string _text;
    private readonly JsonElement _header;
    private readonly JsonElement _claims;

    private IdToken(string text, JsonElement header, JsonElement claims)
    {
        _text = text;
        _header = header;
        _claims = claims;
    }

    public string? KeyId => Text(_header, "kid");

    public string Subject => Text(_claims, "sub") ?? "";

    /// <exception cref="OpenIdException">It has not the form of one.</exception>
    public static IdToken Parse(string? text)
    {
        if (text is null or { Length: > Longest } || text.Split('.') is not [var header, var claims, _])
        {
            throw new OpenIdException("The provider sent no identity token.");
        }

        try
        {
            return new IdToken(text, Part(header), Part(claims));
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new OpenIdException("The provider's identity token cannot be read.", problem);
        }
    }

    /// <summary>A claim's text, or every text of it where it is a list.</summary>
    public IReadOnlyList<string> Claim(string name) => !_claims.TryGetProperty(name, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        _ => [],
    };

    /// <exception cref="OpenIdException">It is not the provider's, not for us, not for this sign-in, or too old.</exception>
    public void Verify(SigningKeys keys, string issuer, string clientId, string nonce, DateTimeOffset now)
    {
        var cut = _text.LastIndexOf('.');
        var algorithm = Text(_header, "alg") ?? "none";
        if (!Base64Url.IsValid(_text.AsSpan(cut + 1))
            || !keys.Verify(algorithm, KeyId, Encoding.ASCII.GetBytes(_text[..cut]), Base64Url.DecodeFromChars(_text.AsSpan(cut + 1))))
        {
            throw new OpenIdException($"The signature of the identity token ({PrintableName.Of(algorithm, 20)}) is not one of the provider's keys.");
        }

        var audience = Claim("aud");
        var problem =
            Text(_claims, "iss")?.TrimEnd('/') != issuer ? "is of another issuer"
            : !audience.Contains(clientId, StringComparer.Ordinal) ? "is for another client"
            : (audience.Count > 1 || Text(_claims, "azp") is not null) && Text(_claims, "azp") != clientId ? "was asked for by another client"
            : Time("exp") is not { } expires || expires + ClockDifference <= now ? "has expired"
            : Time("iat") is { } issued && issued - ClockDifference > now ? "is of the future; look at the clocks"
            : !IsNonce(nonce) ? "belongs to another sign-in"
            : Subject.Length is 0 or > 255 ? "names nobody"
            : null;
        if (problem is not null)
        {
            throw new OpenIdException($"The identity token {problem}.");
        }
    }

    public override string ToString() => "identity token (hidden)";

    private static JsonElement Part(string text)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new JsonException("Not an object.");
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private DateTimeOffset? Time(string name) =>
        _claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private bool IsNonce(string nonce) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Text(_claims, "nonce") ?? ""), Encoding.UTF8.GetBytes(nonce));
}
