using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Apps;
using Plimsoll.Apps.Credentials;
using Plimsoll.Registry;
using Plimsoll.Tests.Registry;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Apps.Credentials;

public sealed class EcrPasswordsTests
{
    private static readonly RegistryEntry amazon = new()
    {
        Name = "aws", Host = "123456789012.dkr.ecr.eu-central-1.amazonaws.com", Type = "ecr", Username = "AKIDEXAMPLE", Token = "secret-key",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_is_fetched_once_for_all_and_renewed_before_its_end()
    {
        var time = new ManualTimeProvider();
        var issued = 0;
        await using var api = await RegistryDouble.StartAsync(context => Give(context, $"password-{Interlocked.Increment(ref issued)}", time.GetUtcNow().AddHours(12)));
        var regions = new List<string>();
        using var passwords = New(api, time, regions);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => passwords.GetAsync(amazon, Token)));
        all.ShouldAllBe(password => password.Username == "AWS" && password.Password == "password-1");
        var request = api.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path).ShouldBe(("POST", "/"));
        request.Authorization!.ShouldStartWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/eu-central-1/ecr/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=");
        request.Authorization.ShouldNotContain("secret-key");
        regions.ShouldBe(["eu-central-1 amazonaws.com"]);

        time.Advance(TimeSpan.FromHours(11.4));
        (await passwords.GetAsync(amazon, Token)).Password.ShouldBe("password-1");
        time.Advance(TimeSpan.FromMinutes(10));
        (await passwords.GetAsync(amazon, Token)).Password.ShouldBe("password-2");
        (await passwords.GetAsync(amazon with { Token = "another" }, Token)).Password.ShouldBe("password-3");
        (await passwords.GetAsync(amazon with { AwsRegion = "us-gov-west-1" }, Token)).Password.ShouldBe("password-4");
        regions[^1].ShouldBe("us-gov-west-1 amazonaws.com");
    }

    [Fact]
    public async Task A_refusal_is_told_without_the_key_and_not_asked_for_again_at_once()
    {
        var time = new ManualTimeProvider();
        await using var api = await RegistryDouble.StartAsync(context =>
            context.Json("""{"__type":"UnrecognizedClientException","message":"The security token secret-key is invalid."}""", 400));
        using var passwords = New(api, time);
        var failure = await Should.ThrowAsync<RegistryException>(() => passwords.GetAsync(amazon, Token));
        (failure.Failure, failure.IsTransient).ShouldBe((RegistryFailure.Unauthorized, false));
        failure.Message.ShouldContain("AKIDEXAMPLE");
        failure.Message.ShouldContain("UnrecognizedClientException");
        failure.Message.ShouldNotContain("secret-key");
        await Should.ThrowAsync<RegistryException>(() => passwords.GetAsync(amazon, Token));
        api.Requests.Count.ShouldBe(1);

        time.Advance(TimeSpan.FromMinutes(1));
        api.Answer = context => Give(context, "good", null);
        (await passwords.GetAsync(amazon, Token)).UsableUntil.ShouldBe(time.GetUtcNow().AddHours(11.5));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"authorizationData":[]}""")]
    [InlineData("""{"authorizationData":[{"authorizationToken":"%%"}]}""")]
    [InlineData("""{"authorizationData":[{"authorizationToken":"bm8tY29sb24="}]}""")]
    [InlineData("""{"authorizationData":[{"authorizationToken":7}]}""")]
    [InlineData("<html>")]
    public async Task What_is_no_password_is_a_bad_answer(string body)
    {
        await using var api = await RegistryDouble.StartAsync(context => context.Json(body));
        using var passwords = New(api, new ManualTimeProvider());
        (await Should.ThrowAsync<RegistryException>(() => passwords.GetAsync(amazon, Token))).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Theory]
    [InlineData(503, RegistryFailure.Unreachable)]
    [InlineData(429, RegistryFailure.RateLimited)]
    [InlineData(302, RegistryFailure.Unauthorized)]
    public async Task What_passes_by_itself_is_told_apart(int status, RegistryFailure expected)
    {
        await using var api = await RegistryDouble.StartAsync(context => context.Redirect("http://127.0.0.1:1/", status));
        using var passwords = New(api, new ManualTimeProvider());
        (await Should.ThrowAsync<RegistryException>(() => passwords.GetAsync(amazon, Token))).Failure.ShouldBe(expected);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var api = await RegistryDouble.StartAsync(async context =>
        {
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(piece);
            }
        });
        using var passwords = New(api, new ManualTimeProvider());
        await Should.ThrowAsync<RegistryException>(() => passwords.GetAsync(amazon, Token));
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-central-1.amazonaws.com", "eu-central-1", "amazonaws.com")]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1", "amazonaws.com")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1", "amazonaws.com.cn")]
    [InlineData("public.ecr.aws", null, null)]
    [InlineData("123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example", null, null)]
    [InlineData("12.dkr.ecr.eu-central-1.amazonaws.com", null, null)]
    public void The_host_tells_the_region(string host, string? region, string? suffix)
    {
        var parsed = EcrHost.Parse(host);
        (parsed?.Region, parsed?.Suffix).ShouldBe((region, suffix));
    }

    private static EcrPasswords New(RegistryDouble api, TimeProvider time, List<string>? regions = null) => new(
        new EcrOptions
        {
            Endpoint = (region, suffix) =>
            {
                regions?.Add($"{region} {suffix}");
                return new Uri(api.Origin + "/");
            },
        },
        time);

    private static Task Give(HttpContext context, string password, DateTimeOffset? until) =>
        context.Json($$"""{"authorizationData":[{"authorizationToken":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes("AWS:" + password))}}","expiresAt":{{(until is { } at ? at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) : "null")}}}]}""");
}
