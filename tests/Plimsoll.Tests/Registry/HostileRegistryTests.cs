using System.IO.Compression;
using System.Text;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

/// <summary>Registries that answer, but with bad intent: whatever they say, there is one exception with the right reason, soon, and no credential leaves.</summary>
public sealed class HostileRegistryTests
{
    private static readonly SampleImage image = new();
    private static readonly RegistryAccess user = new("user", "secret", false);

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(50_000)]
    public async Task Fifty_thousand_tags_are_read_page_by_page(int pageSize)
    {
        const int all = 50_000;
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            var from = int.TryParse(context.Request.Query["from"], out var asked) ? asked : 0;
            var tags = Enumerable.Range(from, Math.Min(pageSize, all - from)).Select(number => $"\"v{number}\"");
            if (from + pageSize < all)
            {
                context.Response.Headers.Link = $"</v2/team/app/tags/list?from={from + pageSize}>; rel=\"next\"";
            }

            return context.Json($$"""{"tags":[{{string.Join(',', tags)}}]}""");
        });
        await using var client = Clients.New();
        var count = 0;
        await foreach (var tag in client.ListTagsAsync(registry.Image(), null, Clients.Cancel))
        {
            count++;
        }

        count.ShouldBe(all);
        registry.Requests.Count.ShouldBe(all / pageSize);
    }

    [Fact]
    public async Task Fifty_thousand_tags_in_one_page_are_read()
    {
        var page = Encoding.UTF8.GetBytes($$"""{"tags":[{{string.Join(',', Enumerable.Range(0, 50_000).Select(number => $"\"release-candidate-{number}\""))}}]}""");
        await using var registry = await RegistryDouble.StartAsync(context => context.Bytes(page, "application/json"));
        await using var client = Clients.New();
        (await client.ListTagsAsync(registry.Image(), null, Clients.Cancel).ToListAsync()).Count.ShouldBe(50_000);
        registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end_the_list_at_once()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            var page = int.TryParse(context.Request.Query["p"], out var asked) ? asked : 0;
            context.Response.Headers.Link = $"</v2/team/app/tags/list?p={(page % 3) + 1}>; rel=\"next\"";
            return context.Json("""{"tags":["a"]}""");
        });
        await using var client = Clients.New();
        (await FailsToList(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        registry.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_list_that_takes_for_ever_is_given_up_although_each_page_is_quick()
    {
        var time = new ManualTime();
        var page = 0;
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            time.Advance(TimeSpan.FromSeconds(14));
            context.Response.Headers.Link = $"</v2/team/app/tags/list?p={++page}>; rel=\"next\"";
            return context.Json("""{"tags":[]}""");
        });
        await using var client = Clients.New(time: time);
        var failure = await FailsToList(client, registry);
        failure.Failure.ShouldBe(RegistryFailure.TooLarge);
        failure.Message.ShouldContain("not over after 300 s");
        registry.Requests.Count.ShouldBeLessThan(25);
    }

    [Fact]
    public async Task Bytes_that_drip_are_given_up_in_time_however_many_there_are()
    {
        var time = new ManualTime();
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            context.Response.ContentLength = 1_000_000;
            for (var sent = 0; sent < 1_000 && !context.RequestAborted.IsCancellationRequested; sent++)
            {
                await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                time.Advance(TimeSpan.FromMilliseconds(100));
            }
        });
        await using var client = Clients.New(time: time);
        var failure = await FailsToRead(client, registry);
        (failure.Failure, failure.IsTransient).ShouldBe((RegistryFailure.Unreachable, true));
        failure.Message.ShouldContain("within 15 s");
    }

    [Fact]
    public async Task A_compressed_answer_that_nobody_asked_for_is_not_unpacked()
    {
        using var bomb = new MemoryStream();
        using (var zip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var megabytes = 0; megabytes < 64; megabytes++)
            {
                zip.Write(zeros);
            }
        }

        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Request.Headers.AcceptEncoding.ShouldBeEmpty();
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Bytes(bomb.ToArray(), Answers.ManifestType);
        });
        await using var client = Clients.New();
        (await FailsToRead(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        (await FailsToList(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Theory]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"A","size":1},"config":{"digest":"B","size":1},"layers":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"manifests":[]}""")]
    public async Task A_manifest_that_says_a_thing_twice_is_refused(string manifest)
    {
        var digests = manifest.Replace("\"A\"", $"\"{image.Digest}\"", StringComparison.Ordinal).Replace("\"B\"", $"\"{image.ConfigurationDigest}\"", StringComparison.Ordinal);
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(Encoding.UTF8.GetBytes(digests)));
        await using var client = Clients.New();
        (await FailsToRead(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Fact]
    public async Task A_token_that_is_said_twice_is_none()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path == "/token"
            ? context.Json("""{"token":"one","token":"two"}""")
            : context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\""));
        await using var client = Clients.New();
        (await FailsToRead(client, registry)).Message.ShouldContain("without a token");
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public async Task Nesting_without_end_is_a_bad_answer_everywhere(char bracket)
    {
        var deep = bracket == '[' ? "{\"tags\":" + new string('[', 200_000) : string.Concat(Enumerable.Repeat("{\"a\":", 100_000));
        await using var registry = await RegistryDouble.StartAsync(context => context.Json(deep));
        await using var client = Clients.New();
        (await FailsToList(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        (await FailsToRead(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        registry.Answer = context => context.Json(deep, 403);
        (await FailsToRead(client, registry)).Failure.ShouldBe(RegistryFailure.Denied);
    }

    [Fact]
    public async Task A_token_server_that_sends_in_circles_is_left_and_never_gets_the_credential_twice()
    {
        await using var elsewhere = await RegistryDouble.StartAsync();
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path.StartsWithSegments("/token")
            ? context.Redirect($"{elsewhere.Origin}/token")
            : context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\""));
        elsewhere.Answer = context => context.Redirect($"{registry.Origin}/token");
        await using var client = Clients.New();
        (await FailsToRead(client, registry, user)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        elsewhere.Requests.ShouldNotBeEmpty();
        elsewhere.Requests.ShouldAllBe(request => request.Authorization == null);
        registry.Requests.Where(request => request.Path == "/token").Skip(1).Take(4).ShouldAllBe(request => request.Authorization == null);
        registry.Requests.Count.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task An_identity_token_is_posted_to_the_token_server_and_follows_no_redirect()
    {
        var access = RegistryAccess.Anonymous with { IdentityToken = "identity" };
        await using var elsewhere = await RegistryDouble.StartAsync(context => context.Json("""{"access_token":"t"}"""));
        var bodies = new List<string>();
        var redirects = false;
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            if (context.Request.Path == "/token")
            {
                using var reader = new StreamReader(context.Request.Body);
                bodies.Add(await reader.ReadToEndAsync());
                await (redirects ? context.Redirect($"{elsewhere.Origin}/token") : context.Json("""{"access_token":"t"}"""));
            }
            else if (context.Request.Headers.Authorization == "Bearer t")
            {
                await context.Manifest(image.Manifest);
            }
            else
            {
                await context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\",service=\"reg\"", "Basic realm=\"x\"");
            }
        });
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), access, Clients.Cancel);
        bodies.ShouldBe(["grant_type=refresh_token&service=reg&scope=repository%3Ateam%2Fapp%3Apull&client_id=plimsoll&refresh_token=identity"]);
        registry.Requests.Single(request => request.Method == "POST").Query.ShouldBeEmpty();

        redirects = true;
        await using var fresh = Clients.New();
        await Should.ThrowAsync<RegistryException>(() => fresh.ResolveAsync(registry.Image(), access, Clients.Cancel));
        elsewhere.Requests.ShouldBeEmpty();
        registry.Requests.ShouldAllBe(request => request.Authorization == null || request.Authorization == "Bearer t");
    }

    private static Task<RegistryException> FailsToRead(RegistryClient client, RegistryDouble registry, RegistryAccess? access = null) =>
        Should.ThrowAsync<RegistryException>(() => client.ReadConfigurationAsync(registry.Image(), new Platform("linux", "amd64", null), access, Clients.Cancel));

    private static Task<RegistryException> FailsToList(RegistryClient client, RegistryDouble registry) =>
        Should.ThrowAsync<RegistryException>(() => client.ListTagsAsync(registry.Image(), null, Clients.Cancel).ToListAsync());
}
