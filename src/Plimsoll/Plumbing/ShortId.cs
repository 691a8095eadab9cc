using System.Security.Cryptography;

namespace Plimsoll.Plumbing;

/// <summary>Ten characters without look-alikes (50 random bits): short enough to say aloud, valid in a container name, a host name and a path.</summary>
internal static class ShortId
{
    public const int Length = 10;

    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);
}
