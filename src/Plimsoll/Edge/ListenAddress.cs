using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Plimsoll.Edge;

/// <summary>Turns the proxy's address into a listener, and a refusal of the operating system into a sentence.</summary>
internal static class ListenAddress
{
    /// <exception cref="AddressUnusableException">The address is not http, or names a host that is neither an IP address nor localhost.</exception>
    public static Action<KestrelServerOptions> Parse(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme != Uri.UriSchemeHttp || address.PathAndQuery != "/")
        {
            throw new AddressUnusableException(address, "it is not of the form http://address:port");
        }

        if (address.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            // "Any free port" can't be one and the same for IPv4 and IPv6.
            return address.Port == 0 ? server => server.Listen(IPAddress.Loopback, 0) : server => server.ListenLocalhost(address.Port);
        }

        return IPAddress.TryParse(address.IdnHost, out var ip)
            ? server => server.Listen(ip, address.Port)
            : throw new AddressUnusableException(address, $"'{address.IdnHost}' is neither an IP address nor localhost");
    }

    /// <summary>The exception to show instead, or null when it is not about the address.</summary>
    public static Exception? Explain(Uri address, Exception exception) => FindSocketError(exception) switch
    {
        SocketError.AddressAlreadyInUse => new AddressTakenException(address, exception),
        SocketError.AccessDenied => new AddressUnusableException(address, "the system does not allow it; ports below 1024 may need a privilege", exception),
        SocketError.AddressNotAvailable => new AddressUnusableException(address, "this machine does not have that address", exception),
        SocketError.AddressFamilyNotSupported => new AddressUnusableException(address, "this machine does not speak that kind of address", exception),
        _ => null,
    };

    private static SocketError? FindSocketError(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }
}
