namespace Plimsoll.Registry;

/// <summary>How to sign in to one registry. Printing it never shows the password.</summary>
/// <param name="Username">The account, robot name or "AWS"; null to stay anonymous.</param>
/// <param name="Password">The password or access token.</param>
/// <param name="AllowHttp">
/// The registry was marked insecure: plain HTTP is tried when HTTPS does not answer, also for its token server, and the password then
/// crosses the network in the open. A registry on this machine may always be reached over HTTP.
/// </param>
public sealed record RegistryAccess(string? Username, string? Password, bool AllowHttp)
{
    /// <summary>No credential, HTTPS only.</summary>
    public static RegistryAccess Anonymous { get; } = new(null, null, false);

    /// <summary>Whether there is anything to sign in with.</summary>
    public bool HasCredential => !string.IsNullOrEmpty(Username) || !string.IsNullOrEmpty(Password);

    /// <summary>The user's name and whether HTTP is allowed; never the password.</summary>
    public override string ToString() =>
        $"{(HasCredential ? $"user {Username}" : "anonymous")}{(AllowHttp ? ", http allowed" : "")}";
}
