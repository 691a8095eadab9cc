using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Access.SecondFactor;

/// <summary>Codes that change every 30 seconds (RFC 6238, over RFC 4226), with HMAC-SHA-1 and six digits: what every authenticator app speaks. Pure.</summary>
internal static class Totp
{
    public const int Digits = 6;
    public const int KeyBytes = 20;

    private const int StepSeconds = 30;

    /// <summary>How far the clocks of phone and server may be apart, in steps.</summary>
    private const int Tolerance = 1;

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static string Code(ReadOnlySpan<byte> key, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, mac);
        var offset = mac[^1] & 0xf;
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[offset..]) & 0x7fff_ffff;
        return (number % (uint)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is; null: none of those that count now, or one that was used already.</summary>
    /// <param name="lastStep">The newest step that was used; that one and all before it do not count again.</param>
    public static long? Match(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long lastStep)
    {
        if (code.Length != Digits)
        {
            return null;
        }

        long? found = null;
        var given = Encoding.UTF8.GetBytes(code);
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
        {
            // All of them, whichever fits: the time it takes tells nothing.
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Code(key, step))) && step > lastStep)
            {
                found = step;
            }
        }

        return found;
    }
}
