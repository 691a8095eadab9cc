using System.Net;

namespace Plimsoll.Tests.Access;

public sealed class CrossSiteTests
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Origin", "http://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://127.0.0.1:1", false)]
    [InlineData("X-Nothing", "at all", false)]
    public async Task Change_by_cookie_must_come_from_the_dashboard(string header, string value, bool passes)
    {
        await using var app = await AccessApp.StartAsync();
        var answer = await app.SendAsync("POST", "/api/probe/admin", "{}", cookie: await app.SignInAsync(), headers: (header, value));
        answer.Status.ShouldBe(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        if (!passes)
        {
            answer.Code.ShouldBe(40300);
            answer.Message.ShouldStartWith("This request was not sent by Plimsoll's own pages");
        }
    }

    [Fact]
    public async Task Own_origin_passes_where_the_browser_says_nothing_else()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        var origin = app.Address.GetLeftPart(UriPartial.Authority);
        (await app.SendAsync("DELETE", "/api/auth/tokens/99", cookie: cookie, headers: ("Origin", origin))).Code.ShouldBe(40400);
    }

    [Fact]
    public async Task Own_origin_does_not_outweigh_what_the_browser_says()
    {
        await using var app = await AccessApp.StartAsync();
        var origin = app.Address.GetLeftPart(UriPartial.Authority);
        var answer = await app.SendAsync(
            "POST", "/api/probe/admin", "{}", cookie: await app.SignInAsync(), headers: [("Origin", origin), ("Sec-Fetch-Site", "cross-site")]);
        answer.Code.ShouldBe(40300);
    }

    [Fact]
    public async Task Looking_is_free_and_so_are_callers_without_a_cookie()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        (await app.SendAsync("GET", "/api/probe/admin", cookie: cookie, headers: ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/probe/open", "{}", headers: ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/probe/admin", "{}", AccessApp.Bearer(app.CommandLineSecret), cookie)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync("POST", "/api/probe/admin", "{}", AccessApp.Basic("admin", AccessApp.Password))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_else_can_sign_the_user_out()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        (await app.SendAsync("POST", "/api/auth/logout", "{}", cookie: cookie, headers: ("Sec-Fetch-Site", "same-site"))).Code.ShouldBe(40300);
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
