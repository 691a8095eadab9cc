using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

/// <summary>The connection test names the step that fails: here encryption, with an authority of one's own, and permission.</summary>
public sealed class ConnectionStepTests
{
    private static readonly SampleImage image = new();
    private static readonly RequestDelegate root = context => context.Json("{}");

    [Fact]
    public async Task An_authority_of_ones_own_vouches_only_where_it_was_given()
    {
        using var authority = new OwnAuthority();
        using var certificate = authority.Issue("localhost");
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path == "/v2/" ? root(context) : context.Manifest(image.Manifest), certificate);
        await using var client = Clients.New();
        var access = RegistryAccess.Anonymous with { Authorities = authority.Pem };
        (await client.TestConnectionAsync(registry.Host, access, Clients.Cancel)).Sentence.ShouldBe($"{registry.Host} answers.");
        (await client.ResolveAsync(registry.Image(), access, Clients.Cancel)).Digest.ShouldBe(image.Digest);

        var without = await client.TestConnectionAsync(registry.Host, null, Clients.Cancel);
        (without.FailedStep, without.Sentence.Contains("give its authority (CA)", StringComparison.Ordinal)).ShouldBe((ConnectionStep.Tls, true));
        using var other = new OwnAuthority();
        var wrong = await client.TestConnectionAsync(registry.Host, access with { Authorities = other.Pem }, Clients.Cancel);
        wrong.FailedStep.ShouldBe(ConnectionStep.Tls);
        wrong.Sentence.ShouldContain("nor from one that was given");
    }

    [Fact]
    public async Task An_authority_does_not_make_up_for_a_wrong_name_or_an_expired_certificate()
    {
        using var authority = new OwnAuthority();
        var access = RegistryAccess.Anonymous with { Authorities = authority.Pem };
        using var elsewhere = authority.Issue("other.example.com", forLoopback: false);
        await using var registry = await RegistryDouble.StartAsync(root, elsewhere);
        await using var client = Clients.New();
        var report = await client.TestConnectionAsync(registry.Host, access, Clients.Cancel);
        (report.FailedStep, report.Sentence.Contains("another name", StringComparison.Ordinal)).ShouldBe((ConnectionStep.Tls, true), report.Sentence);

        using var old = authority.Issue("localhost", DateTimeOffset.UtcNow.AddDays(-1));
        await using var expired = await RegistryDouble.StartAsync(root, old);
        report = await client.TestConnectionAsync(expired.Host, access, Clients.Cancel);
        (report.FailedStep, report.Sentence.Contains("expired", StringComparison.Ordinal)).ShouldBe((ConnectionStep.Tls, true), report.Sentence);
    }

    [Fact]
    public async Task Plain_http_where_encryption_was_expected_is_named()
    {
        await using var registry = await RegistryDouble.StartAsync(root);
        await using var client = Clients.New(Clients.WithNames(("registry.example.com:5000", registry)));
        var report = await client.TestConnectionAsync("registry.example.com:5000", null, Clients.Cancel);
        report.FailedStep.ShouldBe(ConnectionStep.Tls);
        report.Sentence.ShouldContain("plain http");
        registry.Requests.ShouldBeEmpty();
        var allowed = await client.TestConnectionAsync("registry.example.com:5000", new RegistryAccess(null, null, true), Clients.Cancel);
        allowed.Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Encryption_where_plain_http_was_expected_is_found()
    {
        using var authority = new OwnAuthority();
        using var certificate = authority.Issue("localhost");
        await using var registry = await RegistryDouble.StartAsync(root, certificate);
        await using var client = Clients.New();
        var report = await client.TestConnectionAsync(registry.Host, new RegistryAccess(null, null, true) { Authorities = authority.Pem }, Clients.Cancel);
        report.Succeeded.ShouldBeTrue(report.Sentence);
        report.Address!.Scheme.ShouldBe("https");
    }

    [Theory]
    [InlineData(403, """{"errors":[{"code":"DENIED","message":"no right to pull"}]}""", ConnectionStep.Permission, "no right to pull")]
    [InlineData(401, """{"errors":[{"code":"UNAUTHORIZED","message":"scope is missing"}]}""", ConnectionStep.Permission, "but not read team/app")]
    [InlineData(404, """{"errors":[{"code":"NAME_UNKNOWN"}]}""", null, "has no team/app")]
    [InlineData(200, """{"tags":null}""", null, "can be read")]
    [InlineData(500, "{}", ConnectionStep.Protocol, "answered 500")]
    public async Task Being_let_in_is_not_yet_being_allowed_to_read(int status, string body, ConnectionStep? failed, string expected)
    {
        var server = new TokenServer(context => context.Request.Path == "/v2/" ? root(context) : Refuse(context, status, body));
        await using var registry = await RegistryDouble.StartAsync(server.HandleAsync);
        await using var client = Clients.New();
        var report = await client.TestConnectionAsync(registry.Host, new RegistryAccess("user", "secret", false), Clients.Cancel, "team/app");
        report.FailedStep.ShouldBe(failed, report.Sentence);
        report.Sentence.ShouldContain(expected);
    }

    [Fact]
    public async Task A_token_server_is_asked_where_a_person_said_it_is()
    {
        await using var internalHost = await RegistryDouble.StartAsync();
        var server = new TokenServer(context => context.Manifest(image.Manifest)) { Challenge = "Bearer realm=\"http://gitea.internal.invalid:3000/token\",service=\"reg\"" };
        await using var registry = await RegistryDouble.StartAsync(server.HandleAsync);
        await using var client = Clients.New();
        var user = new RegistryAccess("user", "secret", false);
        await Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(registry.Image(), user, Clients.Cancel));
        await client.ResolveAsync(registry.Image(), user with { TokenServer = registry.Host }, Clients.Cancel);
        registry.Requests.Count(request => request.Path == "/token").ShouldBe(1);
        var strict = await Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(registry.Image(), user with { TokenServerIsRegistry = true, AllowHttp = true }, Clients.Cancel));
        strict.Message.ShouldContain("at another host");
        internalHost.Requests.ShouldBeEmpty();
    }

    private static Task Refuse(HttpContext context, int status, string body)
    {
        if (status == 401)
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{context.Request.Host}/token\"";
        }

        return context.Json(body, status);
    }
}
