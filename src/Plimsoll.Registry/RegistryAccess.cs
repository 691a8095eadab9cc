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
    /// <summary>
    /// A token that is only good for getting other tokens from the token server (OAuth2's refresh token; "identitytoken" in Docker's
    /// configuration). It takes the place of user and password.
    /// </summary>
    public string? IdentityToken { get; init; }

    /// <summary>
    /// Certificates in PEM of authorities that are trusted in addition to the system's, in requests made with this access and in no others.
    /// </summary>
    public string? Authorities { get; init; }

    /// <summary>
    /// "host" or "host:port" of the token server, whatever the registry says: the path it names is asked there. It may be a private address.
    /// </summary>
    public string? TokenServer { get; init; }

    /// <summary>The token server must be at the registry's own host. Has no meaning together with <see cref="TokenServer"/>.</summary>
    public bool TokenServerIsRegistry { get; init; }

    /// <summary>
    /// Nobody waits for the answer: it is not asked for while the registry does not answer, nor, where reading a manifest counts as
    /// a pull, when few pulls are left.
    /// </summary>
    public bool IsPoll { get; init; }

    /// <summary>No credential, HTTPS only.</summary>
    public static RegistryAccess Anonymous { get; } = new(null, null, false);

    /// <summary>Whether there is anything to sign in with.</summary>
    public bool HasCredential => HasPassword || !string.IsNullOrEmpty(IdentityToken);

    /// <summary>Whether there is something that could be sent as user and password.</summary>
    internal bool HasPassword => string.IsNullOrEmpty(IdentityToken) && (!string.IsNullOrEmpty(Username) || !string.IsNullOrEmpty(Password));

    /// <summary>The user's name and whether HTTP is allowed; never the password.</summary>
    public override string ToString() =>
        $"{(HasPassword ? $"user {Username}" : HasCredential ? "an identity token" : "anonymous")}{(AllowHttp ? ", http allowed" : "")}";
}
