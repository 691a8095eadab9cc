using System.Net;

namespace Plimsoll.Plumbing.Config;

/// <summary>Reads which proxies in front are believed about who the client is.</summary>
internal static class TrustedProxies
{
    public const string Variable = "PLIMSOLL_TRUSTED_PROXIES";

    public static IReadOnlyList<IPNetwork> Read(string? text, List<string> problems)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                problems.Add($"{Variable}: '{part}' is neither an address nor a network. Write them like '10.0.0.5, 172.18.0.0/16'.");
            }
        }

        return networks;
    }
}
