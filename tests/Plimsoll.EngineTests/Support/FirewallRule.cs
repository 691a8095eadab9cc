namespace Plimsoll.EngineTests.Support;

/// <summary>
/// Lets the containers of one private engine talk to each other on a machine whose firewall drops forwarded packets, as every
/// machine with a Docker engine does. The engine itself is started without iptables, because an engine that manages the firewall
/// begins by removing the chains of every other engine on the machine, the user's among them.
/// </summary>
internal static class FirewallRule
{
    public static Task AddAsync(AddressPool pool, string owner, CancellationToken cancellationToken) =>
        Command.RunAsync("iptables", Arguments("-I", pool, owner), cancellationToken);

    public static async Task RemoveAsync(AddressPool pool, string owner)
    {
        if (await Command.SucceedsAsync("iptables", Arguments("-C", pool, owner), CancellationToken.None))
        {
            await Command.RunAsync("iptables", Arguments("-D", pool, owner), CancellationToken.None);
        }
    }

    private static string[] Arguments(string action, AddressPool pool, string owner) =>
        ["-w", "10", action, "FORWARD", "-s", pool.Network, "-d", pool.Network, "-m", "comment", "--comment", owner, "-j", "ACCEPT"];
}
