namespace Plimsoll.Apps.Credentials;

/// <summary>User and password, or an identity token in their place.</summary>
internal sealed record StoredCredential(string? Username, string? Password, string? IdentityToken)
{
    /// <summary>Records print their properties; this one holds secrets.</summary>
    public override string ToString() => Username ?? "an identity token";
}
