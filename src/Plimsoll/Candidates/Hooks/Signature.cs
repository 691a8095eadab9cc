using System.Security.Cryptography;
using System.Text;
using Plimsoll.Access;
using Plimsoll.Candidates.Senders;

namespace Plimsoll.Candidates.Hooks;

/// <summary>
/// Whether a message comes from somebody who knows the webhook's signing secret. A signature that was sent decides; without one
/// the secret itself may stand in a header, for senders that cannot sign. Pure, and every comparison takes the same time.
/// </summary>
internal static class Signature
{
    private const string Sha256Prefix = "sha256=";

    /// <summary>Bare hexadecimal. All of them are of the JSON, also where it is sent as a form.</summary>
    private static readonly string[] Bare = ["X-Forgejo-Signature", "X-Gitea-Signature", "X-Gogs-Signature"];

    public static SignatureVerdict Check(ReceivedMessage message, string secret)
    {
        // Senders that know no secret send the headers all the same, and empty.
        if (Array.ConvertAll(Bare, name => Value(message, name)).FirstOrDefault(value => value is not null) is { } bare)
        {
            return Matches(bare, message.Json.Span, secret);
        }

        if (Value(message, "X-Hub-Signature-256") is { } prefixed)
        {
            // GitHub signs the body as it is sent; Gitea and its kin sign the JSON in it, in every header.
            var signed = GiteaPackage.Recognise(message.ToPushMessage()) is null ? message.Raw : message.Json;
            return prefixed.StartsWith(Sha256Prefix, StringComparison.OrdinalIgnoreCase)
                ? Matches(prefixed[Sha256Prefix.Length..], signed.Span, secret)
                : SignatureVerdict.Wrong;
        }

        if (Value(message, "X-Hub-Signature") is not null)
        {
            // SHA-1 alone is not worth believing.
            return SignatureVerdict.Wrong;
        }

        var shown = new[] { Value(message, "X-Gitlab-Token"), FromAuthorization(Value(message, "Authorization")) }.OfType<string>().ToList();
        return shown.Count == 0 ? SignatureVerdict.Missing
            : shown.Any(text => IsSame(text, secret)) ? SignatureVerdict.Valid
            : SignatureVerdict.Wrong;
    }

    private static SignatureVerdict Matches(string hex, ReadOnlySpan<byte> signed, string secret)
    {
        Span<byte> sent = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (hex.Length != 2 * sent.Length || Convert.FromHexString(hex, sent, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return SignatureVerdict.Wrong;
        }

        return CryptographicOperations.FixedTimeEquals(sent, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)) ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
    }

    /// <summary>The secret as a token, as a password of whatever name, or alone.</summary>
    private static string? FromAuthorization(string? header) => header is null
        ? null
        : AuthorizationHeader.Token(header) ?? (AuthorizationHeader.IsBasic(header) ? AuthorizationHeader.NameAndPassword(header)?.Password ?? "" : header);

    private static bool IsSame(string sent, string secret) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static string? Value(ReceivedMessage message, string name) =>
        message.Headers.GetValueOrDefault(name) is { } value && value.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
