using System.Net;
using System.Text;
using Plimsoll.Candidates.Senders;

namespace Plimsoll.Candidates.Hooks;

/// <summary>A message as it came in at a webhook, and what was taken out of its wrapping. Pure.</summary>
/// <param name="Raw">The bytes of the body, or of <c>payload</c> in the address.</param>
internal sealed record ReceivedMessage(string Method, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Raw)
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string FormField = "payload=";

    /// <summary>The JSON itself: the body, or what a form holds under <c>payload</c>.</summary>
    public ReadOnlyMemory<byte> Json { get; } = Unwrap(Headers, Raw);

    public PushMessage ToPushMessage() => new(Headers, Json);

    /// <summary>Messages may hold secrets.</summary>
    public override string ToString() => $"{Method} of {Raw.Length} bytes";

    /// <summary>
    /// The type alone tells nothing: <c>curl -d</c> sends JSON as a form. A form has a field of that name, and JSON begins with a bracket.
    /// </summary>
    private static ReadOnlyMemory<byte> Unwrap(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> raw)
    {
        if (headers.GetValueOrDefault("Content-Type")?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) != true || LooksLikeJson(raw.Span))
        {
            return raw;
        }

        var rest = raw;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'&');
            var field = end < 0 ? rest : rest[..end];
            if (field.Span.StartsWith(Encoding.ASCII.GetBytes(FormField)))
            {
                var value = field[FormField.Length..];
                return WebUtility.UrlDecodeToBytes(value.ToArray(), 0, value.Length);
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return raw;
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
}
