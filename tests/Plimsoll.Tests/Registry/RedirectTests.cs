using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Tests.Registry;

public sealed class RedirectTests
{
    private static readonly Platform amd64 = new("linux", "amd64", null);
    private static readonly SampleImage image = new();
    private static readonly RegistryAccess user = new("user", "secret", false);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_blob_kept_elsewhere_is_fetched_there_without_the_credential(int status)
    {
        await using var storage = await RegistryDouble.StartAsync(context => context.Bytes(image.Configuration, "application/octet-stream"));
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(context => IsBlob(context)
            ? context.Redirect($"{storage.Origin}/bucket/blob?signature=x", status)
            : context.Manifest(image.Manifest)).HandleAsync);
        await using var client = Clients.New();
        (await client.ReadConfigurationAsync(registry.Image(), amd64, user, Clients.Cancel)).ManifestDigest.ShouldBe(image.Digest);
        var fetched = storage.Requests.ShouldHaveSingleItem();
        fetched.ToString().ShouldBe("GET /bucket/blob?signature=x");
        fetched.Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_redirect_within_the_registry_keeps_the_token_and_the_method()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(context => context.Request.Path.Value!.StartsWith("/v2/", StringComparison.Ordinal)
            ? context.Redirect("/moved")
            : context.Manifest(image.Manifest)).HandleAsync);
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
        var last = registry.Requests[^1];
        (last.Method, last.Path, last.Authorization).ShouldBe(("HEAD", "/moved", "Bearer public-1"));
    }

    [Fact]
    public async Task The_way_back_from_elsewhere_does_not_bring_the_credential_back()
    {
        RegistryDouble? home = null;
        await using var elsewhere = await RegistryDouble.StartAsync(context => context.Redirect($"{home!.Origin}/steal"));
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(context => IsBlob(context)
            ? context.Redirect($"{elsewhere.Origin}/x")
            : context.Manifest(image.Manifest)).HandleAsync);
        home = registry;
        await using var client = Clients.New();
        await Fails(client, registry);
        registry.Requests.Where(request => request.Path == "/steal").ShouldAllBe(request => request.Authorization == null || request.Authorization.StartsWith("Bearer"));
        registry.Requests.First(request => request.Path == "/steal").Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_storage_host_that_asks_for_a_credential_gets_none()
    {
        await using var storage = await RegistryDouble.StartAsync(context =>
            context.Challenge($"Basic realm=\"x\", Bearer realm=\"http://{context.Request.Host}/token\""));
        await using var registry = await RegistryDouble.StartAsync(context => IsBlob(context)
            ? context.Redirect($"{storage.Origin}/blob")
            : context.Manifest(image.Manifest));
        await using var client = Clients.New();
        var failure = await Fails(client, registry);
        (failure.Failure, failure.IsTransient).ShouldBe((RegistryFailure.BadAnswer, true));
        storage.Lines.ShouldBe(["GET /blob"]);
    }

    [Fact]
    public async Task A_circle_of_redirects_is_left()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Redirect(context.Request.Path == "/a" ? "/b" : "/a"));
        await using var client = Clients.New();
        (await Fails(client, registry)).Message.ShouldContain("more than 5 times");
        registry.Requests.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fe80::1]/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/x")]
    [InlineData("http://user:pass@example.com/x")]
    [InlineData("http://[")]
    [InlineData(null)]
    public async Task A_redirect_that_could_be_a_trap_is_not_followed(string? location)
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.Location = location;
            return context.Status(302);
        });
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("https://r.example.com/x", "https://storage.example.com/y", "r.example.com", false, true)]
    [InlineData("https://r.example.com/x", "https://192.168.1.9:9000/y", "r.example.com", false, true)]
    [InlineData("https://r.example.com/x", "http://storage.example.com/y", "r.example.com", false, false)]
    [InlineData("https://r.example.com/x", "http://storage.example.com/y", "r.example.com", true, true)]
    [InlineData("https://r.example.com/x", "https://127.0.0.1/y", "r.example.com", true, false)]
    [InlineData("https://r.example.com/x", "https://localhost/y", "r.example.com", true, false)]
    [InlineData("https://r.example.com/x", "https://169.254.169.254/y", "r.example.com", true, false)]
    [InlineData("http://localhost:5000/x", "http://127.0.0.1:9000/y", "localhost:5000", false, true)]
    [InlineData("https://127.0.0.1:5000/x", "https://127.0.0.1:5000/y", "127.0.0.1:5000", false, true)]
    public void Where_a_redirect_may_lead(string from, string to, string registry, bool allowHttp, bool allowed) =>
        (RedirectRule.Refuse(new Uri(from), new Uri(to), RegistryEndpoint.Of(registry), allowHttp) is null).ShouldBe(allowed);

    private static bool IsBlob(HttpContext context) => context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal);

    private static Task<RegistryException> Fails(RegistryClient client, RegistryDouble registry) =>
        Should.ThrowAsync<RegistryException>(() => client.ReadConfigurationAsync(registry.Image(), amd64, user, Clients.Cancel));
}
