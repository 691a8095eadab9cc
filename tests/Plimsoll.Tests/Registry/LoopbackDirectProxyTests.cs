using System.Net;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Tests.Registry;

public sealed class LoopbackDirectProxyTests
{
    [Theory]
    [InlineData("http://localhost:5000/", true)]
    [InlineData("http://127.0.0.1:5000/", true)]
    [InlineData("http://[::1]:5000/", true)]
    [InlineData("https://ghcr.io/", false)]
    [InlineData("http://192.168.1.5:5000/", false)]
    public void Only_this_machine_is_reached_without_the_systems_proxy(string address, bool isBypassed)
    {
        var proxy = new LoopbackDirectProxy(new WebProxy("http://proxy.example.com:3128"));
        proxy.IsBypassed(new Uri(address)).ShouldBe(isBypassed);
        proxy.GetProxy(new Uri("https://ghcr.io/")).ShouldBe(new Uri("http://proxy.example.com:3128"));
    }
}
