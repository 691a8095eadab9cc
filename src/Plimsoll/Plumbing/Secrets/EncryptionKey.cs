using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Plumbing.Secrets;

/// <summary>32 bytes derived from the text a person chose (ENCRYPTION_KEY) or from a file made on first launch. Cannot print itself.</summary>
internal sealed class EncryptionKey
{
    private const string FileName = "encryption.key";

    // A fixed salt is enough: the input is a long random key or, if a person chose a weak one, the iterations are what protects it.
    private static readonly byte[] Salt = Encoding.UTF8.GetBytes("plimsoll store key, version 1");

    private EncryptionKey(string text, bool wasGenerated)
    {
        Bytes = Rfc2898DeriveBytes.Pbkdf2(text, Salt, 200_000, HashAlgorithmName.SHA256, 32);
        WasGenerated = wasGenerated;
    }

    public byte[] Bytes { get; }

    /// <summary>True when no key was given and the file was made just now: worth a warning, because a backup needs it.</summary>
    public bool WasGenerated { get; }

    public static EncryptionKey FromText(string text) => new(text, wasGenerated: false);

    /// <summary>Reads the key file of the data folder, or makes it (mode 0600) when there is none.</summary>
    /// <param name="mayMake">False when something is sealed already: whoever lost the key must hear of it, and find no wrong one in its place.</param>
    /// <exception cref="MissingEncryptionKeyException">There is no file and none may be made.</exception>
    public static EncryptionKey FromFolder(string folder, bool mayMake = true)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            return new EncryptionKey(File.ReadAllText(path).Trim(), wasGenerated: false);
        }

        if (!mayMake)
        {
            throw new MissingEncryptionKeyException(path);
        }

        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        PrivateFile.Write(path, text + "\n");
        return new EncryptionKey(text, wasGenerated: true);
    }

    public override string ToString() => "encryption key (hidden)";
}
