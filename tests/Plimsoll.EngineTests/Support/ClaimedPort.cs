using System.Net;
using System.Net.Sockets;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// A loopback port for one server that may stop and start again on it. It lies below the range from which the kernel takes the
/// near end of outgoing connections: from within it, a client could sit on the port while the server is down.
/// </summary>
public sealed class ClaimedPort : IDisposable
{
    private const int Lowest = 20_000;
    private const int Tries = 500;
    private readonly Claim claim;

    private ClaimedPort(int number, Claim claim)
    {
        Number = number;
        this.claim = claim;
    }

    public int Number { get; }

    public static ClaimedPort Take()
    {
        var highest = int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split()[0]);
        for (var tried = 0; tried < Tries; tried++)
        {
            var number = Random.Shared.Next(Lowest, Math.Max(highest, Lowest + 1000));
            if (Claim.TryTake($"port-{number}") is { } claim)
            {
                if (IsFree(number))
                {
                    return new ClaimedPort(number, claim);
                }

                claim.Dispose();
            }
        }

        throw new InvalidOperationException($"No free loopback port found in {Tries} tries from {Lowest} up.");
    }

    public void Dispose() => claim.Dispose();

    private static bool IsFree(int number)
    {
        using var listener = new TcpListener(IPAddress.Loopback, number);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
