namespace Plimsoll.Tests.Access;

public sealed class ForwardedTests
{
    private static readonly (string, string)[] Claims = [("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "plimsoll.example")];

    [Fact]
    public async Task Nobody_is_believed_about_who_they_are_by_default()
    {
        await using var app = await AccessApp.StartAsync();
        var answer = await app.SendAsync("GET", "/api/probe/address", authorization: AccessApp.Bearer(app.CommandLineSecret), headers: Claims);
        answer.Body.ShouldBe($"http 127.0.0.1 {app.Address.Authority}");
    }

    [Theory]
    [InlineData("127.0.0.5", "https 203.0.113.7 plimsoll.example")]
    [InlineData("127.0.0.6", null)]
    public async Task A_named_proxy_is_believed_and_no_other(string from, string? seen)
    {
        await using var app = await AccessApp.StartAsync(trustedProxies: "127.0.0.5, 10.0.0.0/8");
        var answer = await app.SendAsync("GET", "/api/probe/address", authorization: AccessApp.Bearer(app.CommandLineSecret), from: from, headers: Claims);
        answer.Body.ShouldBe(seen ?? $"http {from} {app.Address.Authority}");
    }

    [Fact]
    public async Task Behind_a_named_proxy_with_tls_the_cookie_is_secure()
    {
        await using var app = await AccessApp.StartAsync(trustedProxies: "127.0.0.1");
        var login = await app.SendAsync("POST", "/api/auth/login", new { username = "admin", password = AccessApp.Password }, headers: Claims);
        login.Header("Set-Cookie")!.ShouldContain("; secure");
    }
}
