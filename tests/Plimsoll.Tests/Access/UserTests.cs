using System.Net;

namespace Plimsoll.Tests.Access;

public sealed class UserTests
{
    [Fact]
    public async Task An_invited_user_chooses_a_password_once_with_the_link()
    {
        await using var app = await AccessApp.StartAsync();
        var made = await app.PostAsync("/api/users", new { name = "anna", role = "operator" }, Admin(app));
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body);
        var path = made.Data["path"]!.GetValue<string>();
        path.ShouldStartWith("/invite?code=");
        (await app.GetAsync(path)).Body.ShouldContain("Choose your password");
        (await app.LoginAsync("anna", "")).Status.ShouldNotBe(HttpStatusCode.OK);
        (await app.LoginAsync("anna")).Code.ShouldBe(40100);

        var body = new { code = path.Split('=')[1], password = AccessApp.Password };
        var accepted = await app.PostAsync("/api/invite", body);
        (await app.GetAsync("/api/auth/me", cookie: accepted.Cookie)).Data["name"]!.GetValue<string>().ShouldBe("anna");
        (await app.LoginAsync("anna")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.PostAsync("/api/invite", body)).Code.ShouldBe(40300);
    }

    [Fact]
    public async Task An_invitation_is_over_after_seven_days_and_when_a_newer_one_is_made()
    {
        await using var app = await AccessApp.StartAsync();
        var made = await app.PostAsync("/api/users", new { name = "anna", role = "viewer" }, Admin(app));
        var newer = await app.PostAsync($"/api/users/{made.Data["user"]!["id"]}/invite", authorization: Admin(app));
        (await Accept(app, made)).Code.ShouldBe(40300);
        app.Time.Advance(TimeSpan.FromDays(7));
        (await Accept(app, newer)).Code.ShouldBe(40300);
    }

    [Fact]
    public async Task A_changed_role_ends_the_sessions_and_counts_from_the_next_sign_in()
    {
        await using var app = await AccessApp.StartAsync();
        var id = await app.AddUserAsync("anna", "admin");
        var cookie = (await app.LoginAsync("anna")).Cookie;
        (await Put(app, id, new { role = "viewer" })).Data["role"]!.GetValue<string>().ShouldBe("viewer");
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Code.ShouldBe(40100);
        (await app.GetAsync("/api/probe/operator", cookie: (await app.LoginAsync("anna")).Cookie)).Code.ShouldBe(40300);
    }

    [Fact]
    public async Task A_disabled_user_gets_in_by_no_way()
    {
        await using var app = await AccessApp.StartAsync();
        var id = await app.AddUserAsync("anna", "viewer");
        var cookie = (await app.LoginAsync("anna")).Cookie;
        (await app.GetAsync("/api/auth/me", AccessApp.Basic("anna", AccessApp.Password))).Status.ShouldBe(HttpStatusCode.OK);
        await Put(app, id, new { disabled = true });
        (await app.GetAsync("/api/auth/me", cookie: cookie)).Code.ShouldBe(40100);
        (await app.LoginAsync("anna")).Code.ShouldBe(40100);
        (await app.GetAsync("/api/auth/me", AccessApp.Basic("anna", AccessApp.Password))).Code.ShouldBe(40100);
    }

    [Fact]
    public async Task The_last_admin_who_can_sign_in_stays()
    {
        await using var app = await AccessApp.StartAsync();
        await app.PostAsync("/api/users", new { name = "invited", role = "admin" }, Admin(app));
        (await Put(app, 1, new { role = "viewer" })).Code.ShouldBe(40900);
        (await Put(app, 1, new { disabled = true })).Code.ShouldBe(40900);
        (await app.SendAsync("DELETE", "/api/users/1", authorization: Admin(app))).Code.ShouldBe(40900);
        await app.AddUserAsync("anna", "admin");
        (await app.SendAsync("DELETE", "/api/users/1", authorization: Admin(app))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.LoginAsync()).Code.ShouldBe(40100);
    }

    [Fact]
    public async Task Every_mistake_in_a_user_is_named_at_once()
    {
        await using var app = await AccessApp.StartAsync();
        var answer = await app.PostAsync("/api/users", new { name = "a:b", role = "root", password = "short" }, Admin(app));
        answer.Data["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["name", "role", "password"]);
        (await app.PostAsync("/api/users", new { name = "ADMIN", role = "viewer" }, Admin(app))).Code.ShouldBe(40900);
        (await app.PostAsync("/api/users", new { name = "anna", role = "viewer", projects = new[] { "no" } }, Admin(app))).Data["errors"]!["projects"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Sessions_are_listed_with_where_they_are_used_and_can_be_ended_one_by_one()
    {
        await using var app = await AccessApp.StartAsync();
        var mine = await app.SignInAsync();
        var other = (await app.SendAsync("POST", "/api/auth/login", new { username = "admin", password = AccessApp.Password }, from: "127.0.0.7", headers: ("User-Agent", "Phone"))).Cookie;
        var list = (await app.GetAsync("/api/auth/sessions", cookie: mine)).Data.AsArray();
        list.Count.ShouldBe(2);
        list.Count(session => session!["current"]!.GetValue<bool>()).ShouldBe(1);
        var phone = list.Single(session => session!["address"]!.GetValue<string>() == "127.0.0.7")!;
        phone["userAgent"]!.GetValue<string>().ShouldBe("Phone");

        (await app.SendAsync("DELETE", $"/api/auth/sessions/{phone["id"]}", cookie: mine, headers: ("Sec-Fetch-Site", "same-origin"))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/auth/me", cookie: other)).Code.ShouldBe(40100);
        (await app.SendAsync("DELETE", "/api/users/1/sessions", authorization: Admin(app))).Data["ended"]!.GetValue<int>().ShouldBe(1);
        (await app.GetAsync("/api/auth/me", cookie: mine)).Code.ShouldBe(40100);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else_as_their_own()
    {
        await using var app = await AccessApp.StartAsync();
        await app.AddUserAsync("anna", "viewer");
        var admin = await app.SignInAsync();
        var id = (await app.GetAsync("/api/auth/sessions", cookie: admin)).Data[0]!["id"]!.GetValue<string>();
        var anna = (await app.LoginAsync("anna")).Cookie;
        (await app.SendAsync("DELETE", $"/api/auth/sessions/{id}", cookie: anna, headers: ("Sec-Fetch-Site", "same-origin"))).Code.ShouldBe(40400);
        (await app.GetAsync("/api/auth/me", cookie: admin)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string Admin(AccessApp app) => AccessApp.Bearer(app.CommandLineSecret);

    private static Task<TestAnswer> Put(AccessApp app, long id, object body) => app.SendAsync("PUT", $"/api/users/{id}", body, Admin(app));

    private static Task<TestAnswer> Accept(AccessApp app, TestAnswer invitation) =>
        app.PostAsync("/api/invite", new { code = invitation.Data["path"]!.GetValue<string>().Split('=')[1], password = AccessApp.Password });
}
