namespace Plimsoll.Access;

/// <summary>A person who signs in with a name and a password.</summary>
internal sealed record User(long Id, string Name, string PasswordHash, Role Role)
{
    /// <summary>Records print their properties; this one holds a password's hash.</summary>
    public override string ToString() => $"user {Name}";
}
