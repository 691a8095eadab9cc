using System.Net;

namespace Plimsoll.Tests.Access;

public sealed class TokenTests
{
    [Fact]
    public async Task Token_is_shown_once_and_opens_the_door_with_its_role()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var secret = await app.MakeTokenAsync("operator", "ci");
        secret.ShouldStartWith("plm_");
        secret.Length.ShouldBe(47);

        (await app.GetAsync("/api/probe/operator", AccessApp.Bearer(secret))).Body.ShouldBe("token ci");
        var me = await app.GetAsync("/api/auth/me", AccessApp.Bearer(secret));
        me.Data.ToJsonString().ShouldBe("""{"name":"ci","role":"operator","kind":"token"}""");

        var list = await app.GetAsync("/api/auth/tokens", AccessApp.Bearer(app.CommandLineSecret));
        list.Data.AsArray().Select(token => token!["name"]!.GetValue<string>()).ShouldBe(["ci", "cli"]);
        list.Body.ShouldNotContain(secret);
        list.Body.ShouldNotContain("hash", Case.Insensitive);
    }

    [Theory]
    [InlineData("Bearer plm_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer plm_")]
    [InlineData("Bearer ")]
    [InlineData("Bearer something-else")]
    [InlineData("Digest username=admin")]
    public async Task Header_that_is_wrong_is_not_made_good_by_a_cookie(string header)
    {
        await using var app = await AccessApp.StartAsync();
        var answer = await app.GetAsync("/api/auth/me", header, cookie: await app.SignInAsync());
        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Code.ShouldBe(40100);
        answer.Header("WWW-Authenticate").ShouldBeNull();
    }

    [Fact]
    public async Task Token_stops_at_the_moment_it_expires()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var secret = await app.MakeTokenAsync("viewer", expiresAt: app.Time.GetUtcNow().AddHours(1));
        app.Time.Advance(TimeSpan.FromMinutes(59));
        (await app.GetAsync("/api/auth/me", AccessApp.Bearer(secret))).Status.ShouldBe(HttpStatusCode.OK);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var late = await app.GetAsync("/api/auth/me", AccessApp.Bearer(secret));
        late.Status.ShouldBe(HttpStatusCode.Unauthorized);
        late.Message.ShouldContain("expired");
    }

    [Fact]
    public async Task Expired_tokens_and_sessions_are_removed_at_the_next_sign_in()
    {
        await using var app = await AccessApp.StartAsync();
        await app.MakeTokenAsync("viewer", "short", app.Time.GetUtcNow().AddHours(1));
        app.Time.Advance(TimeSpan.FromHours(2));
        await app.SignInAsync();
        var list = await app.GetAsync("/api/auth/tokens", AccessApp.Bearer(app.CommandLineSecret));
        list.Data.AsArray().Select(token => token!["name"]!.GetValue<string>()).ShouldBe(["cli"]);
    }

    [Fact]
    public async Task Removed_token_opens_nothing()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var admin = AccessApp.Bearer(app.CommandLineSecret);
        var made = await app.PostAsync("/api/auth/tokens", new { name = "ci", role = "viewer" }, admin);
        var id = made.Data["id"]!.GetValue<long>();
        (await app.SendAsync("DELETE", $"/api/auth/tokens/{id}", authorization: admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/auth/me", AccessApp.Bearer(made.Data["token"]!.GetValue<string>()))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var again = await app.SendAsync("DELETE", $"/api/auth/tokens/{id}", authorization: admin);
        again.Code.ShouldBe(40400);
    }

    [Fact]
    public async Task Every_mistake_in_a_token_request_is_named_at_once()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var answer = await app.PostAsync(
            "/api/auth/tokens", new { name = "", role = "root", expiresAt = app.Time.GetUtcNow() }, AccessApp.Bearer(app.CommandLineSecret));
        answer.Code.ShouldBe(40000);
        answer.Data["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["name", "role", "expiresAt"]);
    }

    [Theory]
    [InlineData("cli")]
    [InlineData(" ci")]
    [InlineData("c\ni")]
    [InlineData("\u202Eic")]
    public async Task Names_that_would_mislead_are_refused(string name)
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var answer = await app.PostAsync("/api/auth/tokens", new { name, role = "viewer" }, AccessApp.Bearer(app.CommandLineSecret));
        answer.Data["errors"]!["name"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Two_tokens_cannot_share_a_name()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        await app.MakeTokenAsync("viewer", "ci");
        (await app.PostAsync("/api/auth/tokens", new { name = "ci", role = "viewer" }, AccessApp.Bearer(app.CommandLineSecret))).Code.ShouldBe(40900);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("operator")]
    public async Task Only_admins_make_see_and_remove_tokens(string role)
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var bearer = AccessApp.Bearer(await app.MakeTokenAsync(role));
        (await app.GetAsync("/api/auth/tokens", bearer)).Code.ShouldBe(40300);
        (await app.PostAsync("/api/auth/tokens", new { name = "mine", role = "admin" }, bearer)).Code.ShouldBe(40300);
        (await app.SendAsync("DELETE", "/api/auth/tokens/1", authorization: bearer)).Code.ShouldBe(40300);
    }

    [Fact]
    public async Task Token_has_no_password_to_change()
    {
        await using var app = await AccessApp.StartAsync();
        var answer = await app.PostAsync(
            "/api/auth/password", new { current = AccessApp.Password, next = "another password" }, AccessApp.Bearer(app.CommandLineSecret));
        answer.Code.ShouldBe(40300);
    }
}
