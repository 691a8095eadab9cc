using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Access;

/// <summary>The code of the one-time set-up link. Only its hash is held, only in memory: a restart makes a new link.</summary>
internal sealed class SetupCode
{
    private string? _hash;

    public bool IsOpen => Volatile.Read(ref _hash) is not null;

    /// <summary>Makes a new code; one that was issued before stops working.</summary>
    public Secret Issue()
    {
        var secret = Secret.New();
        Volatile.Write(ref _hash, secret.Hash);
        return secret;
    }

    public bool Matches(string code) =>
        Volatile.Read(ref _hash) is { } hash
        && Secret.HashOf(code) is { } given
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(hash));

    public void Close() => Volatile.Write(ref _hash, null);
}
