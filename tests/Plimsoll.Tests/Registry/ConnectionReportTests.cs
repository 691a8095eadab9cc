using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class ConnectionReportTests
{
    private static readonly RegistryAccess user = new("user", "secret", false);
    private static readonly RequestDelegate root = context => context.Json("{}");

    [Fact]
    public async Task An_open_registry_answers()
    {
        await using var registry = await RegistryDouble.StartAsync(root);
        var report = await Test(registry, null);
        report.ShouldBe(new ConnectionReport(registry.Host, null, $"{registry.Host} answers.", new Uri(registry.Origin)));
        report.Succeeded.ShouldBeTrue();
        registry.Lines.ShouldBe(["GET /v2/"]);
    }

    [Fact]
    public async Task A_credential_that_nobody_asked_for_is_said_to_be_unused()
    {
        await using var registry = await RegistryDouble.StartAsync(root);
        var report = await Test(registry, user);
        (report.Succeeded, report.SignedIn).ShouldBe((true, false));
        report.Sentence.ShouldContain("not used");
    }

    [Fact]
    public async Task A_right_credential_is_accepted()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(root) { Challenge = "Bearer realm=\"{origin}/token\"" }.HandleAsync);
        var report = await Test(registry, user);
        (report.Succeeded, report.SignedIn).ShouldBe((true, true));
        registry.Requests[1].Query.ShouldBe("?account=user&client_id=plimsoll");
    }

    [Fact]
    public async Task A_wrong_credential_fails_at_signing_in_even_where_anybody_may_read()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(root).HandleAsync);
        var report = await Test(registry, user with { Password = "wrong" });
        report.FailedStep.ShouldBe(ConnectionStep.Authentication);
        report.Sentence.ShouldContain("incorrect username or password");
    }

    [Fact]
    public async Task A_test_trusts_nothing_that_was_remembered()
    {
        var server = new TokenServer(context => context.Request.Path == "/v2/" ? root(context) : context.Manifest(new SampleImage().Manifest));
        await using var registry = await RegistryDouble.StartAsync(server.HandleAsync);
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        (await client.TestConnectionAsync(registry.Host, user, Clients.Cancel)).SignedIn.ShouldBeTrue();
        server.Issued.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_credential_a_registry_of_public_images_still_answers()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(root) { OpensToAnonymous = false }.HandleAsync);
        var report = await Test(registry, null);
        report.Succeeded.ShouldBeTrue();
        report.Sentence.ShouldContain("only its public images");
    }

    [Fact]
    public async Task Without_a_credential_a_registry_that_wants_a_password_fails_at_signing_in()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Challenge("Basic realm=\"r\""));
        (await Test(registry, null)).FailedStep.ShouldBe(ConnectionStep.Authentication);
        (await Test(registry, user)).FailedStep.ShouldBe(ConnectionStep.Authentication);
    }

    [Fact]
    public async Task Not_being_allowed_is_its_own_step()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Headers.Authorization.Count > 0
            ? context.Json("""{"errors":[{"code":"DENIED","message":"your plan has ended"}]}""", 403)
            : context.Challenge("Basic"));
        var report = await Test(registry, user);
        report.FailedStep.ShouldBe(ConnectionStep.Permission);
        report.Sentence.ShouldContain("your plan has ended");
    }

    [Theory]
    [InlineData(404, "text/html", "not found", "no /v2/")]
    [InlineData(200, "text/html", "<html>welcome</html>", "web page")]
    [InlineData(500, "text/plain", "oops", "answered 500")]
    public async Task Something_else_than_a_registry_fails_at_the_protocol(int status, string type, string body, string expected)
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Bytes(System.Text.Encoding.UTF8.GetBytes(body), type, status));
        var report = await Test(registry, null);
        report.FailedStep.ShouldBe(ConnectionStep.Protocol);
        report.Sentence.ShouldContain(expected);
    }

    [Fact]
    public async Task An_empty_answer_is_a_registrys_answer()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Bytes([], "application/json"));
        (await Test(registry, null)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_fails_at_the_name()
    {
        await using var client = Clients.New();
        var report = await client.TestConnectionAsync("no-such-registry.invalid", null, Clients.Cancel);
        report.FailedStep.ShouldBe(ConnectionStep.Dns);
        report.Sentence.ShouldContain("no-such-registry.invalid");
    }

    [Fact]
    public async Task Nobody_there_fails_at_the_connection()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint.ToString()!;
        listener.Stop();
        await using var client = Clients.New();
        (await client.TestConnectionAsync(address, null, Clients.Cancel)).FailedStep.ShouldBe(ConnectionStep.Connect);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_fails_at_encryption()
    {
        using var certificate = RegistryDouble.SelfSigned("localhost");
        await using var registry = await RegistryDouble.StartAsync(root, certificate);
        var report = await Test(registry, null);
        report.FailedStep.ShouldBe(ConnectionStep.Tls);
        report.Sentence.ShouldContain("certificate");
    }

    [Theory]
    [InlineData("https://ghcr.io")]
    [InlineData("ghcr.io/owner")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("\0")]
    public async Task What_is_no_address_is_reported_and_not_thrown(string text)
    {
        await using var client = Clients.New();
        var report = await client.TestConnectionAsync(text, null, Clients.Cancel);
        (report.Succeeded, report.FailedStep).ShouldBe((false, ConnectionStep.Dns));
    }

    private static async Task<ConnectionReport> Test(RegistryDouble registry, RegistryAccess? access)
    {
        await using var client = Clients.New();
        return await client.TestConnectionAsync(registry.Host, access, Clients.Cancel);
    }
}
