namespace Plimsoll.Plumbing.Config;

/// <summary>The environment variables of an OpenID Connect provider.</summary>
internal static class OpenIdEnvironment
{
    public const string Issuer = "PLIMSOLL_OPENID_ISSUER";
    public const string ClientId = "PLIMSOLL_OPENID_CLIENT_ID";
    public const string ClientSecret = "PLIMSOLL_OPENID_CLIENT_SECRET";
    public const string Name = "PLIMSOLL_OPENID_NAME";
    public const string RoleClaim = "PLIMSOLL_OPENID_ROLE_CLAIM";
    public const string Roles = "PLIMSOLL_OPENID_ROLES";
    public const string DefaultRole = "PLIMSOLL_OPENID_DEFAULT_ROLE";
    public const string Scopes = "PLIMSOLL_OPENID_SCOPES";

    public const string DefaultName = "OpenID Connect";
    public const string DefaultRoleClaim = "groups";
    public const string DefaultScopes = "openid profile email";

    /// <summary>The names are those of <c>Access.Role</c>, which this chapter does not know; a test compares them.</summary>
    public static readonly IReadOnlyList<string> RoleNames = ["viewer", "operator", "admin"];

    /// <param name="text">Answers the trimmed value of a variable, or null.</param>
    /// <param name="secret">The same for one that may also be given as a file.</param>
    /// <returns>Null when no provider is named.</returns>
    public static OpenIdSettings? Read(Func<string, string?> text, Func<string, string?> secret, List<string> problems)
    {
        if (text(Issuer) is not { } issuer)
        {
            return null;
        }

        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var address) || !IsSafe(address) || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            problems.Add($"{Issuer}: '{issuer}' is not an issuer. Write its https:// address; http:// only on this machine.");
            return null;
        }

        if (text(ClientId) is not { } clientId)
        {
            problems.Add($"{ClientId} is needed beside {Issuer}.");
            return null;
        }

        var defaultRole = text(DefaultRole);
        if (defaultRole is not null && !RoleNames.Contains(defaultRole))
        {
            problems.Add($"{DefaultRole}: '{defaultRole}' is no role. Write one of {string.Join(", ", RoleNames)}, or leave it out: then nobody is let in whose claim names no role.");
        }

        return new OpenIdSettings
        {
            Issuer = address,
            ClientId = clientId,
            ClientSecret = secret(ClientSecret),
            Name = text(Name) ?? DefaultName,
            RoleClaim = text(RoleClaim) ?? DefaultRoleClaim,
            Roles = ReadRoles(text(Roles), problems),
            DefaultRole = defaultRole,
            Scopes = (text(Scopes) ?? DefaultScopes).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    /// <summary>Whoever can read the way between us and the provider could sign in as anybody.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static Dictionary<string, string> ReadRoles(string? text, List<string> problems)
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cut = pair.LastIndexOf('=');
            if (cut <= 0 || !RoleNames.Contains(pair[(cut + 1)..].Trim()))
            {
                problems.Add($"{Roles}: '{pair}' is not a value of the claim and a role. Write them like 'plimsoll-admins=admin, developers=operator'.");
                continue;
            }

            roles[pair[..cut].Trim()] = pair[(cut + 1)..].Trim();
        }

        return roles;
    }
}
