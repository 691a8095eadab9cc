using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Plumbing.Secrets;

/// <summary>
/// Seals text with AES-256-GCM. The layout is: one version byte, 12 bytes nonce, 16 bytes tag, ciphertext. The
/// <c>purpose</c> is authenticated with it, so a sealed value that was moved to another column does not open.
/// </summary>
internal sealed class SecretBox(EncryptionKey key)
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;

    public byte[] Seal(string text, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[HeaderBytes + plain.Length];
        sealedBytes[0] = Version;
        var nonce = sealedBytes.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Bytes, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(HeaderBytes), sealedBytes.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        CryptographicOperations.ZeroMemory(plain);
        return sealedBytes;
    }

    /// <exception cref="WrongEncryptionKeyException">The value was sealed with another key, for another purpose, or is damaged.</exception>
    public string Open(byte[] sealedBytes, string purpose)
    {
        if (sealedBytes.Length < HeaderBytes || sealedBytes[0] != Version)
        {
            throw new WrongEncryptionKeyException(purpose);
        }

        var plain = new byte[sealedBytes.Length - HeaderBytes];
        using var aes = new AesGcm(key.Bytes, TagBytes);
        try
        {
            aes.Decrypt(
                sealedBytes.AsSpan(1, NonceBytes),
                sealedBytes.AsSpan(HeaderBytes),
                sealedBytes.AsSpan(1 + NonceBytes, TagBytes),
                plain,
                Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new WrongEncryptionKeyException(purpose);
        }

        return Encoding.UTF8.GetString(plain);
    }
}
