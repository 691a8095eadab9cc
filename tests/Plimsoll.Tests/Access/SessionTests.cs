using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Tests.Access;

public sealed class SessionTests
{
    [Fact]
    public async Task Right_password_opens_a_session_that_says_who_it_is()
    {
        await using var app = await AccessApp.StartAsync();
        var login = await app.LoginAsync();
        login.Status.ShouldBe(HttpStatusCode.OK);
        login.Data["name"]!.GetValue<string>().ShouldBe("admin");
        login.Data["role"]!.GetValue<string>().ShouldBe("admin");

        var me = await app.GetAsync("/api/auth/me", cookie: login.Cookie);
        me.Status.ShouldBe(HttpStatusCode.OK);
        me.Data.ToJsonString().ShouldBe("""{"name":"admin","role":"admin","kind":"user"}""");
    }

    [Fact]
    public async Task The_name_may_be_written_in_any_case()
    {
        await using var app = await AccessApp.StartAsync();
        (await app.LoginAsync("ADMIN")).Data["name"]!.GetValue<string>().ShouldBe("admin");
    }

    [Fact]
    public async Task Cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        await using var app = await AccessApp.StartAsync();
        var attributes = (await app.LoginAsync()).Header("Set-Cookie")!.Split("; ")[1..].Select(text => text.ToLowerInvariant()).ToList();
        attributes.ShouldBe(["max-age=604800", "path=/", "samesite=strict", "httponly"], ignoreOrder: true);
    }

    [Fact]
    public async Task Cookie_set_over_https_never_travels_without_it()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var app = await AccessApp.StartAsync(certificate: certificate);
        (await app.LoginAsync()).Header("Set-Cookie")!.ShouldContain("; secure");
    }

    [Theory]
    [InlineData("admin", "not the password")]
    [InlineData("nobody", AccessApp.Password)]
    [InlineData("admin'--", AccessApp.Password)]
    public async Task Wrong_name_and_wrong_password_get_the_same_answer(string name, string password)
    {
        await using var app = await AccessApp.StartAsync();
        var login = await app.LoginAsync(name, password);
        login.Status.ShouldBe(HttpStatusCode.Unauthorized);
        login.Body.ShouldBe("""{"code":40100,"msg":"The name or the password is wrong.","data":null}""");
        login.Header("Set-Cookie").ShouldBeNull();
        login.Header("WWW-Authenticate").ShouldBeNull();
    }

    [Fact]
    public async Task Sign_in_without_name_or_password_names_both()
    {
        await using var app = await AccessApp.StartAsync();
        var login = await app.PostAsync("/api/auth/login");
        login.Code.ShouldBe(40000);
        login.Data["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["username", "password"]);
    }

    [Fact]
    public async Task Sign_in_reads_no_more_than_a_forms_worth()
    {
        await using var app = await AccessApp.StartAsync();
        (await app.LoginAsync(password: new string('x', 20_000))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Made_up_and_empty_cookies_open_nothing()
    {
        await using var app = await AccessApp.StartAsync();
        foreach (var value in new[] { "", "x", new string('A', 43), new string('A', 3000) })
        {
            var me = await app.GetAsync("/api/auth/me", cookie: "plimsoll_session=" + value);
            me.Status.ShouldBe(HttpStatusCode.Unauthorized);
            me.Code.ShouldBe(40100);
            me.Message.ShouldStartWith("Sign in first");
        }
    }

    [Fact]
    public async Task Logout_ends_the_session_on_the_server_too()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        var logout = await app.PostAsync("/api/auth/logout", cookie: cookie);
        logout.Status.ShouldBe(HttpStatusCode.OK);
        logout.Header("Set-Cookie")!.ShouldStartWith("plimsoll_session=;");
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.PostAsync("/api/auth/logout", cookie: cookie)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_ends_seven_days_after_it_was_last_used()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        app.Time.Advance(TimeSpan.FromDays(6));
        var used = await app.GetAsync("/api/auth/me", cookie: cookie);
        used.Status.ShouldBe(HttpStatusCode.OK);
        used.Cookie.ShouldBe(cookie, "the browser's copy must live as long as the session");
        app.Time.Advance(TimeSpan.FromDays(6));
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Status.ShouldBe(HttpStatusCode.OK);
        app.Time.Advance(TimeSpan.FromDays(7));
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_is_extended_at_most_once_an_hour()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(59));
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Header("Set-Cookie").ShouldBeNull();
        app.Time.Advance(TimeSpan.FromMinutes(2));
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Header("Set-Cookie").ShouldNotBeNull();
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Header("Set-Cookie").ShouldBeNull();
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_the_browser_had()
    {
        await using var app = await AccessApp.StartAsync();
        var first = await app.SignInAsync();
        var second = await app.PostAsync("/api/auth/login", new { username = "admin", password = AccessApp.Password }, cookie: first);
        second.Cookie.ShouldNotBe(first);
        (await app.GetAsync("/api/auth/me", cookie: first)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/api/auth/me", cookie: second.Cookie)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sessions_survive_a_restart()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        await using var restarted = await AccessApp.StartAsync(folder: app.Folder, time: app.Time);
        (await restarted.GetAsync("/api/auth/me", cookie: cookie)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
