using System.Diagnostics.CodeAnalysis;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry.Authentication;

/// <summary>
/// Which token server may be asked. The registry names it, so a hostile registry could have us send a credential in the open, or a request
/// to the cloud's metadata address. Another host than the registry's own is normal (GitLab, Docker Hub) and allowed.
/// </summary>
internal static class RealmRule
{
    private const int LongestRealm = 2048;

    public static bool TryAccept(
        string? realm,
        Uri origin,
        RequestTarget target,
        IReadOnlySet<string> trusted,
        [NotNullWhen(true)] out Uri? address,
        [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (realm is null || realm.Length > LongestRealm || !Uri.TryCreate(realm, UriKind.Absolute, out address) || address.Host.Length == 0)
        {
            address = null;
            problem = "it names no token server that could be asked";
            return false;
        }

        if (target.Access.TokenServer is { } server)
        {
            if (!TryMove(address, server, origin, target.Access, out var moved))
            {
                address = null;
                problem = "the host given for its token server is none";
                return false;
            }

            address = moved;
            trusted = new HashSet<string>(trusted) { $"{moved.Host}:{moved.Port}" };
        }

        problem = Refuse(address, origin, target, trusted);
        address = problem is null ? address : null;
        return address is not null;
    }

    /// <summary>The same path at the host a person named; encrypted, unless the registry itself is not or was marked insecure.</summary>
    private static bool TryMove(Uri realm, string server, Uri origin, RegistryAccess access, [NotNullWhen(true)] out Uri? moved)
    {
        var isSame = server.Equals(realm.Authority, StringComparison.OrdinalIgnoreCase);
        var isOrigin = server.Equals(origin.Authority, StringComparison.OrdinalIgnoreCase);
        var scheme = isSame ? realm.Scheme : isOrigin ? origin.Scheme : access.AllowHttp ? realm.Scheme : Uri.UriSchemeHttps;
        moved = null;
        return RegistryHost.Canonical(server) is not null && Uri.TryCreate($"{scheme}://{server}{realm.PathAndQuery}", UriKind.Absolute, out moved);
    }

    private static string? Refuse(Uri realm, Uri origin, RequestTarget target, IReadOnlySet<string> trusted)
    {
        var shown = Excerpt.Of(realm.Authority);
        if (realm.UserInfo.Length > 0)
        {
            return $"its token server {shown} is written with a user name inside the address";
        }

        if (realm.Scheme != Uri.UriSchemeHttps && realm.Scheme != Uri.UriSchemeHttp)
        {
            return $"its token server is at \"{Excerpt.Of(realm.Scheme)}\", which is not a web address";
        }

        var place = NetworkPlaces.Of(realm);
        var mayUseHttp = target.Access.AllowHttp || (target.Endpoint.IsLoopback && place == NetworkPlace.Loopback);
        if (realm.Scheme == Uri.UriSchemeHttp && !mayUseHttp)
        {
            return $"its token server {shown} is only reached by plain http, and the registry is not marked insecure";
        }

        var isRegistry = realm.Port == origin.Port && realm.DnsSafeHost.Equals(origin.DnsSafeHost, StringComparison.OrdinalIgnoreCase);
        if (!isRegistry && target.Access is { TokenServerIsRegistry: true, TokenServer: null })
        {
            return $"its token server {shown} is at another host, which registries of this type do not have; if it is right, name it as the token server's host";
        }

        return place == NetworkPlace.Public || isRegistry || trusted.Contains($"{realm.Host}:{realm.Port}")
            ? null
            : $"its token server {shown} is a private address and not the registry itself; a registry behind a proxy often has its public address set wrongly";
    }
}
