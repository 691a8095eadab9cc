using Plimsoll.Registry;
using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Tests.Registry;

public sealed class RealmRuleTests
{
    [Theory]
    [InlineData("https://auth.docker.io/token")]
    [InlineData("https://gitlab.example.com/jwt/auth?x=1")]
    [InlineData("https://registry.example.com/v2/token")]
    [InlineData("https://8.8.8.8/token")]
    public void A_token_server_of_the_open_internet_is_asked_over_https(string realm) => Accepts("registry.example.com", realm).ShouldBeTrue();

    [Theory]
    [InlineData("http://auth.example.com/token")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://127.0.0.1/token")]
    [InlineData("https://2130706433/token")]
    [InlineData("https://0x7f.1/token")]
    [InlineData("https://localhost/token")]
    [InlineData("https://localhost./token")]
    [InlineData("https://app.localhost/token")]
    [InlineData("https://0.0.0.0/token")]
    [InlineData("https://10.1.2.3/token")]
    [InlineData("https://172.16.0.1/token")]
    [InlineData("https://192.168.1.1/token")]
    [InlineData("https://100.64.0.1/token")]
    [InlineData("https://[::1]/token")]
    [InlineData("https://[fe80::1]/token")]
    [InlineData("https://[fd00::1]/token")]
    [InlineData("https://[::ffff:169.254.169.254]/token")]
    [InlineData("https://[::ffff:a00:1]/token")]
    [InlineData("https://user:pass@auth.example.com/token")]
    [InlineData("ftp://auth.example.com/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/token")]
    [InlineData("")]
    [InlineData(null)]
    public void A_token_server_that_could_be_a_trap_is_not_asked(string? realm) => Accepts("registry.example.com", realm).ShouldBeFalse();

    [Fact]
    public void The_registry_itself_may_be_a_private_address()
    {
        Accepts("192.168.1.5:5000", "https://192.168.1.5:5000/token").ShouldBeTrue();
        Accepts("192.168.1.5:5000", "https://192.168.1.5:5001/token").ShouldBeFalse();
        Accepts("192.168.1.5:5000", "https://192.168.1.6:5000/token").ShouldBeFalse();
        Accepts("[fd00::1]:5000", "https://[fd00::1]:5000/token").ShouldBeTrue();
    }

    [Fact]
    public void A_trusted_token_server_may_be_a_private_address() =>
        Accepts("registry.example.com", "https://192.168.1.6:3000/token", trusted: "192.168.1.6:3000").ShouldBeTrue();

    [Fact]
    public void Plain_http_needs_a_registry_that_is_marked_insecure()
    {
        Accepts("registry.example.com", "http://auth.example.com/token", allowHttp: true).ShouldBeTrue();
        Accepts("registry.example.com", "http://169.254.169.254/token", allowHttp: true).ShouldBeFalse();
    }

    [Fact]
    public void A_registry_on_this_machine_does_not_make_http_elsewhere_safe()
    {
        Accepts("localhost:5000", "http://localhost:5000/token", scheme: "http").ShouldBeTrue();
        Accepts("localhost:5000", "http://auth.example.com/token", scheme: "http").ShouldBeFalse();
    }

    private static bool Accepts(string registry, string? realm, bool allowHttp = false, string scheme = "https", string? trusted = null)
    {
        var target = new RequestTarget
        {
            Endpoint = RegistryEndpoint.Of(registry),
            Access = new RegistryAccess(null, null, allowHttp),
            Subject = registry,
        };
        var accepted = RealmRule.TryAccept(
            realm, target.Endpoint.Origin(scheme), target, new HashSet<string>(trusted is null ? [] : [trusted]), out var address, out var problem);
        (address is null || problem is null).ShouldBeTrue();
        return accepted;
    }
}
