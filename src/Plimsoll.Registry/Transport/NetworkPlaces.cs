using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Registry.Transport;

/// <summary>Sorts addresses into <see cref="NetworkPlace"/>s.</summary>
internal static class NetworkPlaces
{
    public static NetworkPlace Of(Uri uri)
    {
        var host = uri.DnsSafeHost.TrimEnd('.');
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return NetworkPlace.Loopback;
        }

        return IPAddress.TryParse(host, out var address) ? Of(address) : NetworkPlace.Public;
    }

    public static NetworkPlace Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        // The unspecified address reaches this machine on Linux.
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return NetworkPlace.Loopback;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? OfV6(address) : OfV4(address.GetAddressBytes());
    }

    private static NetworkPlace OfV6(IPAddress address)
    {
        if (address.IsIPv6LinkLocal || address.IsIPv6Multicast)
        {
            return NetworkPlace.LinkLocal;
        }

        return address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal ? NetworkPlace.Private : NetworkPlace.Public;
    }

    private static NetworkPlace OfV4(byte[] bytes) => (bytes[0], bytes[1]) switch
    {
        (0 or 127, _) => NetworkPlace.Loopback,
        (169, 254) or ( >= 224, _) => NetworkPlace.LinkLocal,
        (10, _) or (192, 168) or (172, >= 16 and <= 31) or (100, >= 64 and <= 127) => NetworkPlace.Private,
        _ => NetworkPlace.Public,
    };
}
