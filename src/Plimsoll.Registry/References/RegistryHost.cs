using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Registry.References;

/// <summary>The host part of a reference: which spellings are one, and which mean this machine.</summary>
internal static class RegistryHost
{
    private const int LongestHost = 253;

    /// <summary>Checks "host", "host:port", "1.2.3.4:port" or "[v6]:port" and answers its canonical spelling, or null.</summary>
    public static string? Canonical(string text)
    {
        var (host, port) = Split(text);
        if (port is not null && !IsPort(port))
        {
            return null;
        }

        if (!IsHost(host))
        {
            return null;
        }

        var canonical = port is null ? host.ToLowerInvariant() : $"{host.ToLowerInvariant()}:{port}";
        return canonical is "index.docker.io" or "registry-1.docker.io" ? ImageReference.DockerHub : canonical;
    }

    public static bool IsLoopback(string registry)
    {
        var host = Split(registry).Host;
        return host == "localhost"
            || host.EndsWith(".localhost", StringComparison.Ordinal)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    private static (string Host, string? Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 || text.EndsWith(']') ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static bool IsPort(string port) =>
        port.Length is > 0 and <= 5
        && port.All(char.IsAsciiDigit)
        && port[0] != '0'
        && int.Parse(port, CultureInfo.InvariantCulture) <= IPEndPoint.MaxPort;

    private static bool IsHost(string host)
    {
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            var inside = host[1..^1];
            return inside.All(c => char.IsAsciiHexDigit(c) || c is ':')
                && IPAddress.TryParse(inside, out var address)
                && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        return host.Length is > 0 and <= LongestHost && host.Split('.').All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && label[0] != '-'
        && label[^1] != '-';
}
