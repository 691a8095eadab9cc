using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Access;

/// <summary>
/// 32 random bytes as text that is shown once. Only the SHA-256 is kept: with this much randomness a slow hash would
/// protect nothing more. Cannot print itself.
/// </summary>
internal sealed class Secret
{
    private const int RandomBytes = 32;

    /// <summary>No secret is longer; longer text need not even be hashed.</summary>
    private const int LongestText = 64;

    private Secret(string text)
    {
        Text = text;
        Hash = HashOf(text)!;
    }

    public string Text { get; }

    public string Hash { get; }

    public static Secret New(string prefix = "") =>
        new(prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>What to look for in the store; null for text that cannot be a secret of ours.</summary>
    public static string? HashOf(string text) =>
        text.Length is 0 or > LongestText ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public override string ToString() => "secret (hidden)";
}
