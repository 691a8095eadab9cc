using Plimsoll.Access.SecondFactor;

namespace Plimsoll.Tests.Access;

/// <summary>An app on somebody's phone: it was told a key, and shows the code of the moment.</summary>
internal static class Authenticator
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="key">As the page shows it, in base32 (RFC 4648).</param>
    public static string CodeAt(string key, DateTimeOffset now)
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return Totp.Code([.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))], Totp.StepAt(now));
    }
}
