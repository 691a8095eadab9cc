using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Plumbing.Config;

/// <summary>
/// Looks whether an address can be listened on before anything else is started: the server itself would find out only
/// after the background work has begun.
/// </summary>
internal static class ListenCheck
{
    /// <exception cref="SettingsException">The address is taken, or does not belong to this machine.</exception>
    public static void EnsureFree(Uri address, string setting)
    {
        var ip = address.HostNameType switch
        {
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => IPAddress.Parse(address.Host),
            _ => address.IsLoopback ? IPAddress.Loopback : IPAddress.Any,
        };
        try
        {
            using var listener = new TcpListener(ip, address.Port) { ExclusiveAddressUse = true };
            listener.Start();
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new SettingsException([$"{setting}: {address.GetLeftPart(UriPartial.Authority)} is taken by another program. Stop that program, or set {setting} to another address."]);
        }
        catch (SocketException problem)
        {
            throw new SettingsException([$"{setting}: {address.GetLeftPart(UriPartial.Authority)} cannot be listened on: {problem.Message}. Set {setting} to an address of this machine."]);
        }
    }
}
