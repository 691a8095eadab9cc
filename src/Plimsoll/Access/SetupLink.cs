using System.Net;

namespace Plimsoll.Access;

/// <summary>The address that the log prints for set-up.</summary>
internal static class SetupLink
{
    public static string For(Uri listen, Secret code) => new UriBuilder(listen)
    {
        // "All addresses" is a place to listen, not a place to go.
        Host = IPAddress.TryParse(listen.Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? "localhost" : listen.Host,
        Path = "/setup",
        Query = "code=" + code.Text,
    }.Uri.AbsoluteUri;
}
