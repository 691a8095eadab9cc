using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Tests.Access;

public sealed partial class FirstRunTests
{
    [Fact]
    public async Task Password_of_the_environment_makes_the_admin_and_no_link_is_printed()
    {
        await using var app = await AccessApp.StartAsync();
        (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
        app.Log.Lines.ShouldNotContain(line => line.Text.Contains("/setup"));
        (await app.GetAsync("/api/setup")).Data["needed"]!.GetValue<bool>().ShouldBeFalse();
        (await app.GetAsync("/setup")).Body.ShouldContain("Set-up is done");
    }

    [Fact]
    public async Task Password_of_the_environment_overwrites_nothing_later()
    {
        await using var app = await AccessApp.StartAsync();
        await using var restarted = await AccessApp.StartAsync("some other password", app.Folder);
        (await restarted.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await restarted.LoginAsync(password: "some other password")).Code.ShouldBe(40100);
        await using var without = await AccessApp.StartAsync(null, app.Folder);
        without.Log.Lines.ShouldNotContain(line => line.Text.Contains("/setup"));
    }

    [Fact]
    public async Task Password_of_the_environment_that_is_too_short_stops_the_start_with_a_sentence()
    {
        var problem = await Should.ThrowAsync<SettingsException>(() => AccessApp.StartAsync("short"));
        problem.Message.ShouldContain("PLIMSOLL_ADMIN_PASSWORD: A password has at least 10 characters.");
        problem.Message.ShouldNotContain("short\"");
    }

    [Fact]
    public async Task Set_up_link_is_printed_once_works_once_and_signs_in()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var line = app.Log.Lines.Where(line => line.Text.Contains("/setup")).ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Warning);
        line.Text.ShouldContain("http://localhost:8080/setup?code=");
        (await app.GetAsync("/api/setup")).Data["needed"]!.GetValue<bool>().ShouldBeTrue();
        (await app.LoginAsync()).Code.ShouldBe(40100);

        var body = new { code = app.SetupCode, password = AccessApp.Password };
        var done = await app.PostAsync("/api/setup", body);
        done.Status.ShouldBe(HttpStatusCode.OK, done.Body);
        (await app.GetAsync("/api/probe/admin", cookie: done.Cookie)).Body.ShouldBe("admin");
        (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);

        var again = await app.PostAsync("/api/setup", body);
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        again.Code.ShouldBe(40900);
        (await app.GetAsync("/setup")).Body.ShouldContain("Set-up is done");
        app.Events.Select(e => e.Kind).ShouldContain("set-up-done");
    }

    [Fact]
    public async Task Of_two_who_follow_the_link_at_once_one_wins()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var code = app.SetupCode;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => app.PostAsync("/api/setup", new { code, password = AccessApp.Password + i })));
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(3);
    }

    [Fact]
    public async Task Wrong_codes_are_refused_and_slowed_down()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        for (var i = 0; i < 5; i++)
        {
            (await app.PostAsync("/api/setup", new { code = "guess" + i, password = AccessApp.Password })).Code.ShouldBe(40300);
        }

        var slowed = await app.PostAsync("/api/setup", new { code = app.SetupCode, password = AccessApp.Password });
        slowed.Code.ShouldBe(42900);
        slowed.Header("Retry-After").ShouldBe("60");
        (await app.PostAsync("/api/setup", new { code = app.SetupCode, password = AccessApp.Password }, from: "127.0.0.2")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Short_password_does_not_use_the_code_up()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        (await app.PostAsync("/api/setup", new { code = app.SetupCode, password = "short" })).Data["errors"]!["password"].ShouldNotBeNull();
        (await app.PostAsync("/api/setup", new { code = app.SetupCode, password = AccessApp.Password })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Link_of_an_earlier_start_does_not_work_any_more()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        await using var restarted = await AccessApp.StartAsync(null, app.Folder);
        (await restarted.PostAsync("/api/setup", new { code = app.SetupCode, password = AccessApp.Password })).Code.ShouldBe(40300);
    }

    [Fact]
    public async Task Set_up_page_loads_nothing_from_outside_and_allows_only_its_own_script_and_style()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var page = await app.GetAsync("/setup?code=\"><script>alert(1)</script>");
        page.Header("Content-Type").ShouldBe("text/html; charset=utf-8");
        page.Header("Cache-Control").ShouldBe("no-store");
        page.Body.ShouldNotContain("alert(1)");
        page.Body.ShouldNotContain("http://");
        page.Body.ShouldNotContain("https://");
        page.Body.ShouldContain("color-scheme: light dark");

        var policy = page.Header("Content-Security-Policy")!;
        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldNotContain("unsafe");
        foreach (Match inline in Inline().Matches(page.Body))
        {
            policy.ShouldContain("sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline.Groups[2].Value))));
        }

        Inline().Count(page.Body).ShouldBe(2);
    }

    [Fact]
    public async Task Commands_on_this_machine_get_a_token_only_the_owner_can_read()
    {
        await using var app = await AccessApp.StartAsync();
        var path = Path.Combine(app.Folder, "cli.token");
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await app.GetAsync("/api/probe/admin", AccessApp.Bearer(app.CommandLineSecret))).Body.ShouldBe("token cli");

        var before = app.CommandLineSecret;
        await using var restarted = await AccessApp.StartAsync(folder: app.Folder);
        restarted.CommandLineSecret.ShouldBe(before);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("row")]
    [InlineData("mode")]
    public async Task Token_of_the_commands_is_made_anew_when_it_is_missing_or_was_open_to_others(string what)
    {
        await using var app = await AccessApp.StartAsync();
        var before = app.CommandLineSecret;
        var path = Path.Combine(app.Folder, "cli.token");
        if (what == "file")
        {
            File.Delete(path);
        }
        else if (what == "row")
        {
            var list = await app.GetAsync("/api/auth/tokens", AccessApp.Bearer(before));
            await app.SendAsync("DELETE", $"/api/auth/tokens/{list.Data[0]!["id"]}", authorization: AccessApp.Bearer(before));
        }
        else
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        await using var restarted = await AccessApp.StartAsync(folder: app.Folder);
        restarted.CommandLineSecret.ShouldNotBe(before);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await restarted.GetAsync("/api/auth/me", AccessApp.Bearer(restarted.CommandLineSecret))).Status.ShouldBe(HttpStatusCode.OK);
        (await restarted.GetAsync("/api/auth/me", AccessApp.Bearer(before))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [GeneratedRegex("<(script|style)>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex Inline();
}
