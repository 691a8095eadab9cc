using System.Security.Cryptography;

namespace Plimsoll.Registry;

/// <summary>
/// The name of some bytes: an algorithm and its hash in lower-case hexadecimal. Only algorithms that can be checked here
/// (sha256, sha512) are digests; anything else is refused when it is read. The default value names nothing and prints as "".
/// </summary>
public readonly record struct Digest
{
    private const int Sha256Length = 64;
    private const int Sha512Length = 128;
    private const int ShortLength = 12;

    private readonly string? algorithm;
    private readonly string? hex;

    private Digest(string algorithm, string hex)
    {
        this.algorithm = algorithm;
        this.hex = hex;
    }

    /// <summary>"sha256" or "sha512"; "" for the default value.</summary>
    public string Algorithm => algorithm ?? "";

    /// <summary>The hash in lower-case hexadecimal.</summary>
    public string Hex => hex ?? "";

    /// <summary>The first 12 characters of <see cref="Hex"/>, enough for a person to tell two images apart.</summary>
    public string Short => Hex.Length > ShortLength ? Hex[..ShortLength] : Hex;

    /// <summary>Reads "sha256:…" exactly as registries write it: no space around it, no capital letters.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        if (text is null || text.Length > "sha512:".Length + Sha512Length)
        {
            return false;
        }

        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            return false;
        }

        var (name, hash) = (text[..colon], text[(colon + 1)..]);
        if (hash.Length != LengthOf(name) || hash.Any(c => !char.IsAsciiDigit(c) && c is not (>= 'a' and <= 'f')))
        {
            return false;
        }

        digest = new Digest(name, hash);
        return true;
    }

    /// <summary>The sha256 digest of the bytes exactly as they are; a manifest must be hashed before anything parses it.</summary>
    public static Digest OfBytes(ReadOnlySpan<byte> bytes) => new("sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Whether this digest, by its own algorithm, is the digest of these bytes. Never true of the default value.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes) => Algorithm switch
    {
        "sha256" => Convert.ToHexStringLower(SHA256.HashData(bytes)) == Hex,
        "sha512" => Convert.ToHexStringLower(SHA512.HashData(bytes)) == Hex,
        _ => false,
    };

    /// <summary>"algorithm:hex", as it stands after the @ of a reference.</summary>
    public override string ToString() => algorithm is null ? "" : $"{algorithm}:{hex}";

    private static int LengthOf(string algorithm) => algorithm switch
    {
        "sha256" => Sha256Length,
        "sha512" => Sha512Length,
        _ => -1,
    };
}
