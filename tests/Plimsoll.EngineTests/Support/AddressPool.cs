using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Plimsoll.EngineTests.Support;

/// <summary>A network 10.N.0.0/16 that nothing else on the machine uses, from which one engine takes its bridges' networks.</summary>
internal sealed class AddressPool : IDisposable
{
    private const string RecordFile = "pool";
    private const int First = 100;
    private const int Count = 100;
    private readonly int number;
    private readonly Claim? claim;

    private AddressPool(int number, Claim? claim)
    {
        this.number = number;
        this.claim = claim;
    }

    public string Network => string.Create(CultureInfo.InvariantCulture, $"10.{number}.0.0/16");

    public static AddressPool Take()
    {
        var used = UsedNumbers();
        var offset = Random.Shared.Next(Count);
        foreach (var candidate in Enumerable.Range(0, Count).Select(step => First + ((offset + step) % Count)).Where(candidate => !used.Contains(candidate)))
        {
            if (Claim.TryTake($"pool-{candidate}") is { } claim)
            {
                return new AddressPool(candidate, claim);
            }
        }

        throw new InvalidOperationException($"Every network from 10.{First}.0.0/16 to 10.{First + Count - 1}.0.0/16 is in use.");
    }

    /// <summary>The pool that a scratch folder's engine used, written there by <see cref="RecordIn"/>.</summary>
    public static AddressPool? ReadFrom(string folder)
    {
        var record = Path.Combine(folder, RecordFile);
        return File.Exists(record) ? new AddressPool(int.Parse(File.ReadAllText(record), CultureInfo.InvariantCulture), claim: null) : null;
    }

    public void RecordIn(string folder) => File.WriteAllText(Path.Combine(folder, RecordFile), number.ToString(CultureInfo.InvariantCulture));

    public bool Contains(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [10, var second, ..] && second == number;

    public async Task RemoveBridgesAsync()
    {
        foreach (var bridge in Leftovers.BridgesIn(this))
        {
            await Command.RunAsync("busybox", ["ip", "link", "delete", bridge], CancellationToken.None);
        }
    }

    public void Dispose() => claim?.Dispose();

    private static HashSet<int> UsedNumbers()
    {
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address.GetAddressBytes());
        // The second column of /proc/net/route is the destination, four bytes in hexadecimal with the last one first.
        var routes = File.ReadLines("/proc/net/route").Skip(1).Select(line => Convert.FromHexString(line.Split('\t')[1]).Reverse().ToArray());
        return [.. addresses.Concat(routes).Where(bytes => bytes is [10, _, _, _]).Select(bytes => (int)bytes[1])];
    }
}
