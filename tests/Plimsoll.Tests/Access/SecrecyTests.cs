using System.Text;

namespace Plimsoll.Tests.Access;

public sealed class SecrecyTests
{
    [Fact]
    public async Task No_secret_is_in_the_store_in_the_log_or_in_an_event()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var code = app.SetupCode;
        const string first = "the very first password", second = "quite another password", guess = "a guess at the password";
        var cookie = (await app.PostAsync("/api/setup", new { code, password = first })).Cookie;
        var token = await app.MakeTokenAsync("viewer");
        await app.LoginAsync(password: guess);
        await app.GetAsync("/api/auth/me", AccessApp.Basic("admin", first));
        await app.PostAsync("/api/auth/password", new { current = first, next = second }, cookie: cookie);

        string[] secrets = [first, second, guess, token, app.CommandLineSecret, cookie.Split('=')[1]];
        var stored = Encoding.Latin1.GetString(Directory.EnumerateFiles(app.Folder, "plimsoll.db*").SelectMany(ReadShared).ToArray());
        stored.ShouldContain("admin");
        foreach (var secret in secrets)
        {
            stored.ShouldNotContain(secret);
            app.Log.Lines.ShouldNotContain(line => line.Text.Contains(secret));
            app.Events.ShouldNotContain(e => e.Text.Contains(secret));
        }

        stored.ShouldNotContain(code);
    }

    [Fact]
    public async Task Events_say_who_came_and_what_changed()
    {
        await using var app = await AccessApp.StartAsync();
        var cookie = await app.SignInAsync();
        var made = await app.PostAsync("/api/auth/tokens", new { name = "ci", role = "operator" }, cookie: cookie);
        await app.SendAsync("DELETE", $"/api/auth/tokens/{made.Data["id"]}", cookie: cookie, headers: ("Sec-Fetch-Site", "same-origin"));
        await app.PostAsync("/api/auth/password", new { current = AccessApp.Password, next = "another password" }, cookie: cookie);
        app.Events.Select(e => (e.Kind, e.Text)).ShouldBe(
        [
            ("set-up-done", "User admin was made with the password of the environment."),
            ("signed-in", "admin signed in from 127.0.0.1."),
            ("token-made", "Token ci with role operator was made by admin."),
            ("token-removed", "Token ci was removed by admin."),
            ("password-changed", "admin changed their password from 127.0.0.1."),
        ]);
    }

    [Fact]
    public async Task Failed_sign_in_is_told_with_a_name_that_can_do_no_harm()
    {
        await using var app = await AccessApp.StartAsync();
        await app.LoginAsync("evil\r\n\u001b[31m\u202E" + new string('x', 200));
        app.Events[^1].Kind.ShouldBe("sign-in-failed");
        app.Events[^1].Text.ShouldBe($"A sign-in as 'evil[31m{new string('x', 56)}…' from 127.0.0.1 failed.");
    }

    [Fact]
    public async Task Guessing_cannot_fill_the_disk_with_events()
    {
        await using var app = await AccessApp.StartAsync();
        // Too long to be anybody's, so it is refused without the slow hash and the test stays quick.
        var password = new string('x', 257);
        for (var i = 0; i < 70; i++)
        {
            await app.LoginAsync("name" + i, password);
        }

        app.Events.Count(e => e.Kind == "sign-in-failed").ShouldBe(60);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.LoginAsync("one more", password);
        app.Events.Count(e => e.Kind == "sign-in-failed").ShouldBe(61);
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
