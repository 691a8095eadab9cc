using System.Net;
using System.Net.Sockets;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Tests.Plumbing.Config;

public sealed class ListenCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_taken_port_is_told_with_the_address_and_the_setting_to_change()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var refused = Should.Throw<SettingsException>(() => ListenCheck.EnsureFree(Address(other), "PLIMSOLL_LISTEN"));

        refused.Problems.ShouldHaveSingleItem().ShouldBe(
            $"PLIMSOLL_LISTEN: {Address(other).GetLeftPart(UriPartial.Authority)} is taken by another program. Stop that program, or set PLIMSOLL_LISTEN to another address.");
    }

    [Fact]
    public void A_free_port_stays_free()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = Address(other);
        other.Stop();

        ListenCheck.EnsureFree(address, "PLIMSOLL_LISTEN");
        ListenCheck.EnsureFree(address, "PLIMSOLL_LISTEN");
    }

    /// <summary>Or else nobody could restart a busy server at once.</summary>
    [Fact]
    public async Task Connections_of_a_server_that_has_ended_do_not_count()
    {
        using var old = new TcpListener(IPAddress.Loopback, 0);
        old.Start();
        var address = Address(old);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, Token);
        using (var accepted = await old.AcceptTcpClientAsync(Token))
        {
            // The side that closes first keeps the port in TIME_WAIT.
            accepted.Client.Shutdown(SocketShutdown.Send);
            (await client.Client.ReceiveAsync(new byte[1], Token)).ShouldBe(0);
            client.Client.Shutdown(SocketShutdown.Send);
            (await accepted.Client.ReceiveAsync(new byte[1], Token)).ShouldBe(0);
        }

        old.Stop();

        ListenCheck.EnsureFree(address, "PLIMSOLL_LISTEN");
    }

    [Fact]
    public void An_address_of_another_machine_is_told_as_one() =>
        Should.Throw<SettingsException>(() => ListenCheck.EnsureFree(new Uri("http://192.0.2.1:8080"), "PLIMSOLL_LISTEN"))
            .Message.ShouldContain("Set PLIMSOLL_LISTEN to an address of this machine");

    [Fact]
    public void An_address_of_the_newer_kind_can_be_checked()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 && IsThere(IPAddress.IPv6Loopback), "This machine has no IPv6.");

        ListenCheck.EnsureFree(new Uri("http://[::1]:0"), "PLIMSOLL_LISTEN");
    }

    private static bool IsThere(IPAddress address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Uri Address(TcpListener listener) => new($"http://{(IPEndPoint)listener.LocalEndpoint}");
}
