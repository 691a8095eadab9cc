using System.Net;
using System.Text;
using Plimsoll.Access.SecondFactor;

namespace Plimsoll.Tests.Access;

public sealed class SecondFactorTests
{
    /// <summary>RFC 6238, appendix B.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Totp.Code("12345678901234567890"u8, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8).ShouldBe(code);

    /// <summary>RFC 4648, section 10, without the padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_as_the_standard_says(string plain, string encoded) => Base32.Encode(Encoding.ASCII.GetBytes(plain)).ShouldBe(encoded);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_one_step_off(int off, bool counts)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var code = Totp.Code("12345678901234567890"u8, Totp.StepAt(now) + off);
        (Totp.Match("12345678901234567890"u8, code, now, lastStep: 0) is not null).ShouldBe(counts);
        Totp.Match("12345678901234567890"u8, code, now, lastStep: Totp.StepAt(now) + off).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_in_asks_for_the_code_and_takes_each_once()
    {
        await using var app = await AccessApp.StartAsync();
        var (key, _) = await SwitchOnAsync(app);
        app.Time.Advance(TimeSpan.FromSeconds(60));
        var asked = await app.LoginAsync();
        asked.Status.ShouldBe(HttpStatusCode.Unauthorized);
        asked.Code.ShouldBe(40101);
        asked.Header("Set-Cookie").ShouldBeNull();

        var code = CodeOf(app, key);
        (await LoginAsync(app, code)).Status.ShouldBe(HttpStatusCode.OK);
        (await LoginAsync(app, code)).Code.ShouldBe(40101);
        (await LoginAsync(app, code, password: "not the password")).Code.ShouldBe(40100);
        (await app.GetAsync("/api/auth/me", AccessApp.Basic("admin", AccessApp.Password))).Message.ShouldContain("second factor");
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once()
    {
        await using var app = await AccessApp.StartAsync();
        var (_, codes) = await SwitchOnAsync(app);
        codes.Count.ShouldBe(10);
        codes.ShouldBeUnique();
        var signedIn = await LoginAsync(app, codes[3].ToLowerInvariant());
        signedIn.Status.ShouldBe(HttpStatusCode.OK);
        (await LoginAsync(app, codes[3])).Code.ShouldBe(40101);
        (await app.GetAsync("/api/auth/second-factor", cookie: signedIn.Cookie)).Data.ToJsonString().ShouldBe("""{"enabled":true,"recoveryCodesLeft":9}""");
    }

    [Fact]
    public async Task Wrong_codes_close_the_door_for_that_address_only()
    {
        await using var app = await AccessApp.StartAsync();
        var (_, codes) = await SwitchOnAsync(app);
        for (var i = 0; i < 5; i++)
        {
            (await LoginAsync(app, "000000", from: "127.0.0.66")).Code.ShouldBe(40101);
        }

        (await LoginAsync(app, codes[0], from: "127.0.0.66")).Code.ShouldBe(42900);
        (await LoginAsync(app, codes[0])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_switched_off_with_the_password_or_by_an_admin()
    {
        await using var app = await AccessApp.StartAsync();
        var (_, codes) = await SwitchOnAsync(app);
        var cookie = (await LoginAsync(app, codes[0])).Cookie;
        (await app.PostAsync("/api/auth/second-factor/disable", new { password = "not the password" }, cookie: cookie)).Data["errors"]!["password"].ShouldNotBeNull();
        (await app.PostAsync("/api/auth/second-factor/disable", new { password = AccessApp.Password }, cookie: cookie)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);

        await SwitchOnAsync(app);
        (await app.SendAsync("DELETE", "/api/users/1/second-factor", authorization: AccessApp.Bearer(app.CommandLineSecret))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.LoginAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(string Key, IReadOnlyList<string> Codes)> SwitchOnAsync(AccessApp app)
    {
        var cookie = await app.SignInAsync();
        var begun = await app.PostAsync("/api/auth/second-factor", new { password = AccessApp.Password }, cookie: cookie);
        var key = begun.Data["secret"]!.GetValue<string>();
        begun.Data["uri"]!.GetValue<string>().ShouldBe($"otpauth://totp/Plimsoll:admin?secret={key}&issuer=Plimsoll");
        (await app.PostAsync("/api/auth/second-factor/confirm", new { code = "000000" }, cookie: cookie)).Data["errors"]!["code"].ShouldNotBeNull();
        var done = await app.PostAsync("/api/auth/second-factor/confirm", new { code = CodeOf(app, key) }, cookie: cookie);
        done.Status.ShouldBe(HttpStatusCode.OK, done.Body);
        return (key, [.. done.Data["recoveryCodes"]!.AsArray().Select(code => code!.GetValue<string>())]);
    }

    private static string CodeOf(AccessApp app, string key) => Authenticator.CodeAt(key, app.Time.GetUtcNow());

    private static Task<TestAnswer> LoginAsync(AccessApp app, string code, string password = AccessApp.Password, string? from = null) =>
        app.PostAsync("/api/auth/login", new { username = "admin", password, code }, from: from);
}
