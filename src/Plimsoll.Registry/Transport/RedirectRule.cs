using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Transport;

/// <summary>
/// Where an answer may send a request on to. Blobs are commonly redirected to a storage network, also on a private address, so other
/// hosts are allowed; losing encryption, or being sent to this machine or to a link-local address, is not.
/// </summary>
internal static class RedirectRule
{
    /// <summary>Answers null when the redirect may be followed, else a sentence.</summary>
    public static string? Refuse(Uri from, Uri to, RegistryEndpoint endpoint, bool allowHttp)
    {
        var shown = Excerpt.Of(to.Authority);
        if (to.Scheme != Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttp)
        {
            return $"it redirects to \"{Excerpt.Of(to.Scheme)}\", which is not a web address";
        }

        if (to.UserInfo.Length > 0)
        {
            return $"it redirects to {shown} with a user name inside the address";
        }

        if (to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttps && !allowHttp)
        {
            return $"it redirects from https to plain http at {shown}";
        }

        if (IsSameOrigin(from, to))
        {
            return null;
        }

        return NetworkPlaces.Of(to) switch
        {
            NetworkPlace.LinkLocal => $"it redirects to {shown}, a link-local address",
            NetworkPlace.Loopback when !endpoint.IsLoopback => $"it redirects to {shown}, which would be this machine itself",
            _ => null,
        };
    }

    public static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
