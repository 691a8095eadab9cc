using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Access;

/// <summary>
/// Remembers for five minutes which passwords were right, so that a script which sends its password with each call pays
/// for the slow check once. What is remembered is a hash under a key that only this process has. It covers the stored
/// hash too: after a change of the password nothing that was remembered fits any more.
/// </summary>
internal sealed class VerifiedPasswords(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private const int Most = 256;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public bool Contains(User user, string password)
    {
        var proof = ProofOf(user, password);
        lock (_lock)
        {
            return _until.TryGetValue(proof, out var until) && until > time.GetUtcNow();
        }
    }

    public void Add(User user, string password)
    {
        var proof = ProofOf(user, password);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_until.Count >= Most)
            {
                foreach (var over in _until.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
                {
                    _until.Remove(over);
                }
            }

            if (_until.Count >= Most)
            {
                _until.Remove(_until.MinBy(entry => entry.Value).Key);
            }

            _until[proof] = now + Lifetime;
        }
    }

    private string ProofOf(User user, string password) =>
        Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{user.Id}\0{user.PasswordHash}\0{password}")));
}
