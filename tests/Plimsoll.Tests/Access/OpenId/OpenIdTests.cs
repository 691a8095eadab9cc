using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.Access.OpenId;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Tests.Access.OpenId;

public sealed class OpenIdTests
{
    [Fact]
    public async Task The_first_sign_in_makes_a_user_with_the_role_of_the_claim_and_the_next_finds_them()
    {
        await using var provider = await SmallProvider.StartAsync();
        await using var app = await StartAsync(provider);
        var ways = await app.GetAsync("/api/auth/ways");
        ways.Data["openId"]!.GetValue<string>().ShouldBe("Home");

        var arrived = await SignInAsync(app, provider, "/projects?a=1");
        arrived.Header("Location").ShouldBe("/projects?a=1");
        var cookie = Cookie(arrived, "plimsoll_session");
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Data.ToJsonString().ShouldBe("""{"name":"anna","role":"operator","kind":"user"}""");

        provider.Claims["groups"] = new JsonArray("developers", "plimsoll-admins");
        var again = await SignInAsync(app, provider);
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Code.ShouldBe(40100, "another role, another session");
        (await app.GetAsync("/api/auth/me", cookie: Cookie(again, "plimsoll_session"))).Data["role"]!.GetValue<string>().ShouldBe("admin");
        (await app.LoginAsync("anna")).Code.ShouldBe(40100);
    }

    [Fact]
    public async Task Whose_claim_gives_no_role_is_not_let_in()
    {
        await using var provider = await SmallProvider.StartAsync();
        provider.Claims["groups"] = new JsonArray("others");
        await using var app = await StartAsync(provider);
        await ShouldFailAsync(app, provider, "openid-no-role");
    }

    [Fact]
    public async Task A_user_of_the_same_name_is_not_taken_over_but_can_be_linked()
    {
        await using var provider = await SmallProvider.StartAsync();
        provider.Claims["preferred_username"] = "Admin";
        await using var app = await StartAsync(provider);
        await ShouldFailAsync(app, provider, "openid-name-taken");
        var linked = await app.SendAsync("PUT", "/api/users/1", new { openIdSubject = $"{provider.Issuer} 42" }, AccessApp.Bearer(app.CommandLineSecret));
        linked.Status.ShouldBe(HttpStatusCode.OK, linked.Body);
        var arrived = await SignInAsync(app, provider);
        (await app.GetAsync("/api/auth/me", cookie: Cookie(arrived, "plimsoll_session"))).Data.ToJsonString()
            .ShouldBe("""{"name":"admin","role":"admin","kind":"user"}""", "the last admin keeps the role");
    }

    [Theory]
    [InlineData("iss", "https://elsewhere.example")]
    [InlineData("aud", "another client")]
    [InlineData("azp", "another client")]
    [InlineData("nonce", "of another sign-in")]
    [InlineData("exp", 1_000_000_000L)]
    [InlineData("iat", 9_000_000_000L)]
    [InlineData("sub", "")]
    public async Task A_token_that_is_not_for_this_sign_in_is_refused(string claim, object value)
    {
        await using var provider = await SmallProvider.StartAsync();
        provider.Spoil = claims => claims[claim] = JsonValue.Create(value);
        await using var app = await StartAsync(provider);
        await ShouldFailAsync(app, provider, "openid-failed");
    }

    [Theory]
    [InlineData(true, "RS256")]
    [InlineData(false, "none")]
    [InlineData(false, "HS256")]
    [InlineData(false, "ES256")]
    public async Task A_token_that_the_provider_did_not_sign_is_refused(bool anotherKey, string algorithm)
    {
        await using var provider = await SmallProvider.StartAsync();
        provider.SignsWithAnotherKey = anotherKey;
        provider.Algorithm = algorithm;
        await using var app = await StartAsync(provider);
        await ShouldFailAsync(app, provider, "openid-failed");
    }

    [Fact]
    public async Task The_way_back_counts_only_in_the_browser_that_went_and_only_with_our_state()
    {
        await using var provider = await SmallProvider.StartAsync();
        await using var app = await StartAsync(provider);
        var start = await app.GetAsync("/api/auth/openid");
        var back = provider.Authorize(start.Header("Location")!);
        (await app.GetAsync(back)).Header("Location").ShouldBe("/sign-in?problem=openid-failed");
        (await app.GetAsync("/api/auth/openid/callback?code=the-code&state=made-up", cookie: Cookies(start))).Header("Location").ShouldBe("/sign-in?problem=openid-failed");
        app.Time.Advance(TimeSpan.FromMinutes(16));
        (await app.GetAsync(back, cookie: Cookies(start))).Header("Location").ShouldBe("/sign-in?problem=openid-failed");
    }

    [Theory]
    [InlineData("/projects/shop?tab=log", "/projects/shop?tab=log")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\/evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void A_browser_is_only_ever_sent_to_a_page_of_ours(string? asked, string target) => LocalTarget.Of(asked).ShouldBe(target);

    [Fact]
    public async Task Without_a_provider_there_is_no_such_way()
    {
        await using var app = await AccessApp.StartAsync();
        (await app.GetAsync("/api/auth/ways")).Data["openId"].ShouldBeNull();
        (await app.GetAsync("/api/auth/openid")).Code.ShouldBe(40400);
    }

    private static Task<AccessApp> StartAsync(SmallProvider provider)
    {
        var time = new Support.ManualTimeProvider();
        provider.IssuedAt = _ => time.GetUtcNow().ToUnixTimeSeconds();
        return AccessApp.StartAsync(time: time, openId: new OpenIdSettings
        {
            Issuer = new Uri(provider.Issuer),
            ClientId = "plimsoll",
            ClientSecret = SmallProvider.Secret,
            Name = "Home",
            RoleClaim = "groups",
            Roles = new Dictionary<string, string> { ["plimsoll-admins"] = "admin", ["developers"] = "operator" },
            Scopes = ["openid"],
        });
    }

    private static async Task<TestAnswer> SignInAsync(AccessApp app, SmallProvider provider, string returnTo = "/")
    {
        var start = await app.GetAsync("/api/auth/openid?returnTo=" + Uri.EscapeDataString(returnTo));
        start.Status.ShouldBe(HttpStatusCode.Found, start.Body);
        return await app.GetAsync(provider.Authorize(start.Header("Location")!), cookie: Cookies(start));
    }

    private static async Task ShouldFailAsync(AccessApp app, SmallProvider provider, string code)
    {
        var answer = await SignInAsync(app, provider);
        answer.Header("Location").ShouldBe("/sign-in?problem=" + code);
        (answer.Header("Set-Cookie") ?? "").ShouldNotContain("plimsoll_session=");
    }

    private static string Cookies(TestAnswer answer) => string.Join("; ", answer.Headers["Set-Cookie"].Select(cookie => cookie.Split(';')[0]));

    private static string Cookie(TestAnswer answer, string name) =>
        answer.Headers["Set-Cookie"].Select(cookie => cookie.Split(';')[0]).Single(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal));
}
