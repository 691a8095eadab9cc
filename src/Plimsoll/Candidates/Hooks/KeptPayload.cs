using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Candidates.Hooks;

/// <summary>What is kept of a message for people to see: its beginning, without what looks like a secret. Pure.</summary>
internal static partial class KeptPayload
{
    public const int MostBytes = 64 * 1024;

    /// <summary>What is shorter is too likely to be an ordinary word of the message.</summary>
    private const int ShortestSecret = 8;

    /// <param name="secrets">Those of the webhook, wherever they occur.</param>
    public static string Of(ReadOnlySpan<byte> payload, params ReadOnlySpan<string?> secrets)
    {
        // A character that the limit cuts in two becomes a replacement character, as bytes that are no text do.
        var text = Encoding.UTF8.GetString(payload.Length <= MostBytes ? payload : payload[..MostBytes]);
        text = SecretField().Replace(text, $"$1\"{KeptHeaders.Hidden}\"");
        foreach (var secret in secrets)
        {
            if (secret is { Length: >= ShortestSecret })
            {
                text = text.Replace(secret, KeptHeaders.Hidden, StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>A text field with a name that speaks of a secret; at the end of what is kept it need not be closed. Docker Hub's callback address opens a door by itself.</summary>
    [GeneratedRegex("""("[^"\\]{0,60}(?:secret|token|password|passwd|authorization|signature|credential|callback_url)[^"\\]{0,60}"\s*:\s*)"(?:[^"\\]|\\.)*(?:"|\\?\z)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex SecretField();
}
