using System.Net;

namespace Plimsoll.Tests.Access;

public sealed class PasswordTests
{
    private const string Next = "another long password";

    [Fact]
    public async Task Basic_lets_scripts_in_and_tells_them_how_when_it_is_wrong()
    {
        await using var app = await AccessApp.StartAsync();
        (await app.GetAsync("/api/probe/admin", AccessApp.Basic("admin", AccessApp.Password))).Body.ShouldBe("admin");
        (await app.PostAsync("/api/probe/admin", authorization: AccessApp.Basic("admin", AccessApp.Password))).Status.ShouldBe(HttpStatusCode.OK);

        var wrong = await app.GetAsync("/api/probe/admin", AccessApp.Basic("admin", "not the password"));
        wrong.Status.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Code.ShouldBe(40100);
        wrong.Header("WWW-Authenticate").ShouldBe("Basic realm=\"Plimsoll\", charset=\"UTF-8\"");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRtaW4=")]
    [InlineData("Basic Og==")]
    [InlineData("Basic //79/A==")]
    public async Task Basic_that_cannot_be_read_is_refused_and_not_a_crash(string header)
    {
        await using var app = await AccessApp.StartAsync();
        (await app.GetAsync("/api/auth/me", header)).Code.ShouldBe(40100);
    }

    [Fact]
    public async Task Password_with_colons_and_letters_beyond_ascii_works()
    {
        const string password = "пароль:mit:ümlaut";
        await using var app = await AccessApp.StartAsync(password);
        (await app.GetAsync("/api/auth/me", AccessApp.Basic("admin", password))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.LoginAsync(password: password)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions_and_the_old_password()
    {
        await using var app = await AccessApp.StartAsync();
        var here = await app.SignInAsync();
        var elsewhere = await app.SignInAsync();
        var basic = AccessApp.Basic("admin", AccessApp.Password);
        (await app.GetAsync("/api/auth/me", basic)).Status.ShouldBe(HttpStatusCode.OK);

        (await app.PostAsync("/api/auth/password", new { current = AccessApp.Password, next = Next }, cookie: here)).Status.ShouldBe(HttpStatusCode.OK);

        (await app.GetAsync("/api/auth/me", cookie: here)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/auth/me", cookie: elsewhere)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/api/auth/me", basic)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.LoginAsync(password: Next)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wrong_current_password_changes_nothing_and_signs_nobody_out()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        var answer = await app.PostAsync("/api/auth/password", new { current = "not the password", next = Next }, cookie: cookie);
        answer.Code.ShouldBe(40000);
        answer.Data["errors"]!["current"].ShouldNotBeNull();
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(257)]
    public async Task New_password_has_ten_to_256_characters(int length)
    {
        await using var app = await AccessApp.StartAsync();
        var answer = await app.PostAsync(
            "/api/auth/password", new { current = AccessApp.Password, next = new string('x', length) }, cookie: await app.SignInAsync());
        answer.Code.ShouldBe(40000);
        answer.Data["errors"]!["next"].ShouldNotBeNull();
    }
}
