using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Access.SecondFactor;

/// <summary>Codes for the day the phone is gone: 80 random bits each, to be typed once. Shown once, stored as hashes.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
    private const int Characters = 16;
    private const int Group = 4;

    /// <summary>As a person reads them: <c>7K2M-….-….-….</c>.</summary>
    public static IReadOnlyList<string> New() => [.. Enumerable.Range(0, Count)
        .Select(_ => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Characters).Chunk(Group).Select(part => new string(part))))];

    /// <summary>Null for text that is none. Case, dashes and spaces do not count.</summary>
    public static string? HashOf(string text)
    {
        var plain = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return plain.Length == Characters ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain))) : null;
    }
}
