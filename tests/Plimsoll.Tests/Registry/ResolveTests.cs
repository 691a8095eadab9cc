using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class ResolveTests
{
    private static readonly SampleImage image = new();

    [Fact]
    public async Task A_tag_is_resolved_by_one_HEAD_that_asks_for_all_four_types()
    {
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(image.Manifest, image));
        await using var client = Clients.New();
        var found = await client.ResolveAsync(registry.Image(), null, Clients.Cancel);

        found.ShouldBe(new ManifestDescriptor(image.Digest, Answers.ManifestType, image.Manifest.Length, null));
        var request = registry.Requests.ShouldHaveSingleItem();
        request.ToString().ShouldBe("HEAD /v2/team/app/manifests/1");
        request.Authorization.ShouldBeNull();
        request.Accept.ShouldBe(
            [
                "application/vnd.oci.image.index.v1+json",
                "application/vnd.docker.distribution.manifest.list.v2+json",
                "application/vnd.oci.image.manifest.v1+json",
                "application/vnd.docker.distribution.manifest.v2+json",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task No_tag_means_latest_and_a_digest_outranks_a_tag()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest));
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image("app"), null, Clients.Cancel);
        await client.ResolveAsync(registry.Image("app:1").WithDigest(image.Digest), null, Clients.Cancel);
        registry.Lines.ShouldBe(["HEAD /v2/app/manifests/latest", $"HEAD /v2/app/manifests/{image.Digest}"]);
    }

    [Fact]
    public async Task Without_the_digest_header_the_quoted_ETag_is_the_digest()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.ETag = $"\"{image.Digest}\"";
            return context.Bytes(image.Manifest, Answers.ManifestType);
        });
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
        registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("not-a-digest", null)]
    [InlineData("sha256:short", "\"abc\"")]
    [InlineData(null, "W/\"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"")]
    public async Task Without_any_digest_the_manifest_is_read_and_hashed(string? header, string? tag)
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers["Docker-Content-Digest"] = header;
            context.Response.Headers.ETag = tag;
            return context.Bytes(image.Manifest, "text/plain");
        });

        // A header that is present but is no digest counts as absent.
        await using var client = Clients.New();
        var found = await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        found.ShouldBe(new ManifestDescriptor(image.Digest, Answers.ManifestType, image.Manifest.Length, null));
        registry.Lines.ShouldBe(["HEAD /v2/team/app/manifests/1", "GET /v2/team/app/manifests/1"]);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Where_HEAD_is_not_offered_GET_is_used(int status)
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
            HttpMethods.IsHead(context.Request.Method) ? context.Status(status) : context.Manifest(image.Manifest));
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task A_web_page_is_not_taken_for_a_manifest()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Bytes("<html>sign in</html>"u8.ToArray(), "text/html"));
        await using var client = Clients.New();
        var failure = await Fails(client, registry.Image());
        failure.Failure.ShouldBe(RegistryFailure.BadAnswer);
        failure.Message.ShouldContain("text/html");
    }

    [Fact]
    public async Task An_old_schema_1_manifest_is_named_as_such()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Json("""{"schemaVersion":1,"name":"x","fsLayers":[]}"""));
        await using var client = Clients.New();
        (await Fails(client, registry.Image())).Message.ShouldContain("schema 1");
    }

    [Fact]
    public async Task A_digest_that_was_not_asked_for_is_a_bad_answer()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest));
        await using var client = Clients.New();
        var wanted = Digest.OfBytes("another"u8);
        var failure = await Fails(client, registry.Image().WithDigest(wanted));
        failure.Failure.ShouldBe(RegistryFailure.BadAnswer);
        failure.Message.ShouldContain(wanted.ToString());
    }

    [Fact]
    public async Task An_error_to_a_HEAD_is_not_asked_again_for_its_words()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Status(404));
        await using var client = Clients.New();
        var failure = await Fails(client, registry.Image());
        failure.Failure.ShouldBe(RegistryFailure.NotFound);
        failure.IsTransient.ShouldBeFalse();
        failure.Subject.ShouldBe($"{registry.Host}/team/app:1");
        failure.Message.ShouldStartWith(failure.Subject);
        registry.Lines.ShouldBe(["HEAD /v2/team/app/manifests/1"]);
    }

    [Theory]
    [InlineData(400, RegistryFailure.BadAnswer, false)]
    [InlineData(403, RegistryFailure.Denied, false)]
    [InlineData(404, RegistryFailure.NotFound, false)]
    [InlineData(408, RegistryFailure.Unreachable, true)]
    [InlineData(418, RegistryFailure.BadAnswer, false)]
    [InlineData(429, RegistryFailure.RateLimited, true)]
    [InlineData(500, RegistryFailure.BadAnswer, true)]
    [InlineData(502, RegistryFailure.Unreachable, true)]
    [InlineData(503, RegistryFailure.Unreachable, true)]
    [InlineData(204, RegistryFailure.BadAnswer, false)]
    [InlineData(304, RegistryFailure.BadAnswer, false)]
    public async Task Every_status_has_its_failure(int status, RegistryFailure expected, bool transient)
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Status(status));
        await using var client = Clients.New();
        var failure = await Fails(client, registry.Image());
        (failure.Failure, failure.IsTransient).ShouldBe((expected, transient));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Sun, 01 Mar 2026 12:01:30 GMT", 90)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("99999999999", 86400)]
    [InlineData("Tue, 01 Mar 2050 12:00:00 GMT", 86400)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Being_asked_to_slow_down_says_for_how_long(string? header, int? seconds)
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = header;
            return context.Status(429);
        });
        await using var client = Clients.New(time: new ManualTime());
        var failure = await Fails(client, registry.Image());
        failure.Failure.ShouldBe(RegistryFailure.RateLimited);
        failure.RetryAfter.ShouldBe(seconds is { } value ? TimeSpan.FromSeconds(value) : null);
    }

    [Fact]
    public async Task What_is_left_of_Docker_Hubs_limit_is_passed_on()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers["ratelimit-limit"] = "100;w=21600";
            context.Response.Headers["ratelimit-remaining"] = "76;w=21600";
            context.Response.Headers["docker-ratelimit-source"] = "192.0.2.1";
            return context.Manifest(image.Manifest);
        });
        await using var client = Clients.New();
        var found = await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        found.Limit.ShouldBe(new RateLimit(100, 76, TimeSpan.FromHours(6), "192.0.2.1"));
    }

    [Fact]
    public async Task A_limit_that_makes_no_sense_is_left_out()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers["ratelimit-limit"] = "lots";
            context.Response.Headers["ratelimit-remaining"] = "99999999999999;w=-1";
            return context.Manifest(image.Manifest);
        });
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Limit.ShouldBeNull();
    }

    [Fact]
    public async Task Docker_Hub_is_asked_at_its_own_host_over_https()
    {
        using var certificate = RegistryDouble.SelfSigned("registry-1.docker.io");
        await using var hub = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest), certificate);
        await using var client = Clients.New(Clients.WithNames(("registry-1.docker.io:443", hub)));
        (await client.ResolveAsync(ImageReference.Parse("nginx:1"), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
        var request = hub.Requests.ShouldHaveSingleItem();
        (request.Host, request.Path).ShouldBe(("registry-1.docker.io", "/v2/library/nginx/manifests/1"));
    }

    private static Task<RegistryException> Fails(RegistryClient client, ImageReference reference) =>
        Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(reference, null, Clients.Cancel));
}
