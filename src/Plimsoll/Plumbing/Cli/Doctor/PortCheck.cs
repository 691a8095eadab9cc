using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>Whether the server could listen on an address, tried with a socket that is closed at once.</summary>
internal static class PortCheck
{
    public static Finding Look(string setting, Uri address, bool isHeldByPlimsoll)
    {
        var check = $"port {address.Port}";
        var shown = address.GetLeftPart(UriPartial.Authority);
        if (isHeldByPlimsoll)
        {
            return Finding.Ok(check, $"{shown} is held by the Plimsoll that runs.");
        }

        if (Ip(address) is not { } ip)
        {
            return Finding.Problem(check, $"'{address.Host}' is neither an IP address nor localhost.", $"Set {setting} to an address of this machine, for example http://127.0.0.1:{address.Port}.");
        }

        return Try(ip, address.Port) switch
        {
            null => Finding.Ok(check, $"{shown} is free."),
            SocketError.AddressAlreadyInUse => Finding.Problem(check, $"{shown} is taken by another program.", $"Stop that program ('ss -ltnp' names it), or set {setting} to another address."),
            SocketError.AccessDenied => Finding.Problem(check, $"This user may not listen on {shown}.", $"Choose a port above 1023 for {setting}, or give the program the capability CAP_NET_BIND_SERVICE."),
            SocketError.AddressNotAvailable => Finding.Problem(check, $"This machine does not have the address {ip}.", $"Set {setting} to an address it has, for example http://127.0.0.1:{address.Port}."),
            { } other => Finding.Problem(check, $"{shown} cannot be listened on: {other}.", $"Set {setting} to another address."),
        };
    }

    private static SocketError? Try(IPAddress ip, int port)
    {
        try
        {
            using var listener = new TcpListener(ip, port);
            listener.Start();
            return null;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode;
        }
    }

    private static IPAddress? Ip(Uri address) =>
        address.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(address.IdnHost, out var ip) ? ip
        : null;
}
