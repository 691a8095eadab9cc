using Microsoft.AspNetCore.Identity;

namespace Plimsoll.Access;

/// <summary>The rule for passwords, their hashing and the check. Both directions take tens of milliseconds of one core on purpose.</summary>
internal sealed class Passwords
{
    public const int Shortest = 10;
    public const int Longest = 256;

    /// <summary>The hasher asks for a user and does not look at it.</summary>
    private static readonly object AnyUser = new();

    private readonly PasswordHasher<object> _hasher = new();

    /// <summary>The sentence that says why a chosen password cannot be used, or null.</summary>
    public static string? Problem(string? chosen) => chosen switch
    {
        null or "" => "A password is needed.",
        { Length: < Shortest } => $"A password has at least {Shortest} characters.",
        { Length: > Longest } => $"A password has at most {Longest} characters.",
        _ => null,
    };

    public string Hash(string password) => _hasher.HashPassword(AnyUser, password);

    /// <summary>Takes as long for a user that does not exist or may not sign in, or the time would tell which names do.</summary>
    public bool Matches(User? user, string password)
    {
        if (user is null or { HasPassword: false } or { Disabled: true })
        {
            _ = Hash(password);
            return false;
        }

        return _hasher.VerifyHashedPassword(AnyUser, user.PasswordHash, password) is not PasswordVerificationResult.Failed;
    }
}
