namespace Plimsoll.Docker;

/// <summary>
/// What the engine shows to a registry when it pulls: user and password, or an identity token in their place. Printing it shows only the
/// registry and the user.
/// </summary>
public sealed record RegistryCredential(string ServerAddress, string? Username, string? Password, string? IdentityToken)
{
    /// <summary>The registry and the user, never a secret.</summary>
    public override string ToString() => $"{Username ?? "(token)"} at {ServerAddress}";
}
