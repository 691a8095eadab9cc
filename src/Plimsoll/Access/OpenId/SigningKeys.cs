using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plimsoll.Access.OpenId;

/// <summary>The public keys with which a provider signs (RFC 7517), and the check of a signature (RFC 7518). Keys of a kind that is not known here are left out.</summary>
internal sealed class SigningKeys
{
    private const int FewestRsaBits = 2048;

    private readonly List<(string? Id, string Kind, JsonElement Key)> _keys;

    private SigningKeys(List<(string? Id, string Kind, JsonElement Key)> keys) => _keys = keys;

    public static SigningKeys Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new OpenIdException("The provider's keys cannot be read.");
        }

        return new SigningKeys([.. keys.EnumerateArray()
            .Where(key => key.ValueKind == JsonValueKind.Object && Text(key, "use") is null or "sig")
            .Select(key => (Text(key, "kid"), Text(key, "kty") ?? "", key))]);
    }

    public bool Has(string? id) => _keys.Exists(key => id is null || key.Id == id);

    /// <param name="id">Null: whichever key fits, as a token need not name one.</param>
    public bool Verify(string algorithm, string? id, byte[] signed, byte[] signature) =>
        _keys.Exists(key => (id is null || key.Id == id) && Verify(key.Kind, key.Key, algorithm, signed, signature));

    /// <summary>Only signatures that are made with a key which we do not hold: "none" and shared secrets are no proof.</summary>
    private static bool Verify(string kind, JsonElement key, string algorithm, byte[] signed, byte[] signature)
    {
        if (HashOf(algorithm) is not { } hash || (Text(key, "alg") is { } only && only != algorithm))
        {
            return false;
        }

        try
        {
            return (kind, algorithm[..2]) switch
            {
                ("RSA", "RS") => VerifyRsa(key, hash, RSASignaturePadding.Pkcs1, signed, signature),
                ("RSA", "PS") => VerifyRsa(key, hash, RSASignaturePadding.Pss, signed, signature),
                ("EC", "ES") => VerifyEc(key, algorithm, hash, signed, signature),
                _ => false,
            };
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // A key that cannot be read has signed nothing.
            return false;
        }
    }

    private static bool VerifyRsa(JsonElement key, HashAlgorithmName hash, RSASignaturePadding padding, byte[] signed, byte[] signature)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
        return rsa.KeySize >= FewestRsaBits && rsa.VerifyData(signed, signature, hash, padding);
    }

    private static bool VerifyEc(JsonElement key, string algorithm, HashAlgorithmName hash, byte[] signed, byte[] signature)
    {
        var curve = (algorithm, Text(key, "crv")) switch
        {
            ("ES256", "P-256") => ECCurve.NamedCurves.nistP256,
            ("ES384", "P-384") => ECCurve.NamedCurves.nistP384,
            ("ES512", "P-521") => ECCurve.NamedCurves.nistP521,
            _ => throw new CryptographicException("This curve does not belong to this algorithm."),
        };
        using var ec = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } });
        return ec.VerifyData(signed, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static HashAlgorithmName? HashOf(string algorithm) => algorithm switch
    {
        "RS256" or "PS256" or "ES256" => HashAlgorithmName.SHA256,
        "RS384" or "PS384" or "ES384" => HashAlgorithmName.SHA384,
        "RS512" or "PS512" or "ES512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
