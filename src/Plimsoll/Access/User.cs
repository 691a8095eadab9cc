using Plimsoll.Access.Projects;

namespace Plimsoll.Access;

/// <summary>A person who signs in.</summary>
/// <param name="PasswordHash">Empty: not with a password.</param>
internal sealed record User(long Id, string Name, string PasswordHash, Role Role)
{
    public bool Disabled { get; init; }

    /// <summary>Null: every project.</summary>
    public ProjectScope? Projects { get; init; }

    public bool HasSecondFactor { get; init; }

    /// <summary>Issuer and subject at the OpenID Connect provider; null: not signed in from there.</summary>
    public string? OpenIdSubject { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool HasPassword => PasswordHash.Length > 0;

    /// <summary>Records print their properties; this one holds a password's hash.</summary>
    public override string ToString() => $"user {Name}";
}
