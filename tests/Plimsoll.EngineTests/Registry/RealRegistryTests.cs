using System.Net.Http.Headers;
using System.Text;
using Plimsoll.Registry;

namespace Plimsoll.EngineTests.Registry;

public sealed class RealRegistryTests : IDisposable
{
    private static readonly Platform amd64 = new("linux", "amd64", null);
    private static readonly RegistryAccess user = new("deploy", "s3cret-π", false);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plimsoll-registry-test-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pushed_tag_resolves_to_the_digest_of_its_manifest_and_moves_with_it()
    {
        await using var registry = await RealRegistry.StartAsync();
        await using var client = NewClient();
        var (first, manifest) = await registry.PushImageAsync("team/app", "1.0", """{"architecture":"amd64","os":"linux","config":{"User":"one"}}""");
        var reference = ImageReference.Parse($"{registry.Host}/team/app:1.0");
        var found = await client.ResolveAsync(reference, null, Cancel);
        (found.Digest, found.SizeBytes, found.MediaType).ShouldBe((first, manifest.Length, "application/vnd.docker.distribution.manifest.v2+json"));

        var (second, _) = await registry.PushImageAsync("team/app", "1.0", """{"architecture":"amd64","os":"linux","config":{"User":"two"}}""");
        (await client.ResolveAsync(reference, null, Cancel)).Digest.ShouldBe(second);
        (await client.ResolveAsync(reference.WithDigest(first), null, Cancel)).Digest.ShouldBe(first);
    }

    [Fact]
    public async Task An_index_resolves_to_its_own_digest_and_is_read_for_the_platform()
    {
        await using var registry = await RealRegistry.StartAsync();
        await using var client = NewClient();
        var (intel, intelManifest) = await registry.PushImageAsync("app", null, """{"architecture":"amd64","os":"linux","config":{"User":"intel","ExposedPorts":{"8080/tcp":{}}}}""");
        var (arm, armManifest) = await registry.PushImageAsync("app", null, """{"architecture":"arm64","os":"linux","variant":"v8","config":{"User":"arm"}}""");
        const string type = "application/vnd.oci.image.index.v1+json";
        const string child = "application/vnd.docker.distribution.manifest.v2+json";
        var index = Encoding.UTF8.GetBytes($$$"""
            {"schemaVersion":2,"mediaType":"{{{type}}}","manifests":[
              {"mediaType":"{{{child}}}","digest":"{{{intel}}}","size":{{{intelManifest.Length}}},"platform":{"architecture":"amd64","os":"linux"}},
              {"mediaType":"{{{child}}}","digest":"{{{arm}}}","size":{{{armManifest.Length}}},"platform":{"architecture":"arm64","os":"linux","variant":"v8"}}]}
            """);
        var top = await registry.PushManifestAsync("app", "multi", type, index);

        var reference = ImageReference.Parse($"{registry.Host}/app:multi");
        var found = await client.ResolveAsync(reference, null, Cancel);
        (found.Digest, found.MediaType).ShouldBe((top, type));
        var onIntel = await client.ReadConfigurationAsync(reference, amd64, null, Cancel);
        (onIntel.User, onIntel.ManifestDigest, onIntel.ResolvedDigest).ShouldBe(("intel", intel, top));
        onIntel.ExposedTcpPorts.ShouldBe([8080]);
        (await client.ReadConfigurationAsync(reference, new Platform("linux", "aarch64", null), null, Cancel)).User.ShouldBe("arm");
        (await Fails(client.ReadConfigurationAsync(reference, new Platform("linux", "s390x", null), null, Cancel))).Failure.ShouldBe(RegistryFailure.NotFound);
    }

    [Fact]
    public async Task All_tags_are_listed_by_a_registry_that_ignores_the_page_size()
    {
        await using var registry = await RealRegistry.StartAsync();
        await using var client = NewClient();
        var (_, manifest) = await registry.PushImageAsync("many", "latest", """{"architecture":"amd64","os":"linux"}""");
        var versions = Enumerable.Range(0, 30).Select(number => $"v{number}").ToList();
        foreach (var version in versions)
        {
            await registry.PushManifestAsync("many", version, "application/vnd.docker.distribution.manifest.v2+json", manifest);
        }

        var tags = new List<string>();
        await foreach (var tag in client.ListTagsAsync(ImageReference.Parse($"{registry.Host}/many"), null, Cancel))
        {
            tags.Add(tag);
        }

        tags.ShouldBe([.. versions, "latest"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var registry = await RealRegistry.StartAsync();
        await using var client = NewClient();
        await registry.PushImageAsync("app", "1", "{}");
        (await Fails(client.ResolveAsync(ImageReference.Parse($"{registry.Host}/app:2"), null, Cancel))).Failure.ShouldBe(RegistryFailure.NotFound);
        (await Fails(client.ResolveAsync(ImageReference.Parse($"{registry.Host}/other:1"), null, Cancel))).Failure.ShouldBe(RegistryFailure.NotFound);
        var unknown = ImageReference.Parse($"{registry.Host}/app").WithDigest(Digest.OfBytes("nothing"u8));
        (await Fails(client.ResolveAsync(unknown, null, Cancel))).Failure.ShouldBe(RegistryFailure.NotFound);
        var failure = await Fails(client.ReadConfigurationAsync(ImageReference.Parse($"{registry.Host}/app:2"), amd64, null, Cancel));
        failure.Message.ShouldContain("manifest unknown");
    }

    [Fact]
    public async Task A_password_opens_a_registry_that_keeps_its_users_in_a_file()
    {
        await using var registry = await RealRegistry.StartAsync(await RealRegistry.UsersAsync(folder, user.Username!, user.Password!));
        registry.PushWith = Basic(user);
        await using var client = NewClient();
        var (digest, _) = await registry.PushImageAsync("app", "1", """{"architecture":"amd64","os":"linux","config":{"User":"x"}}""");
        var reference = ImageReference.Parse($"{registry.Host}/app:1");

        (await client.ResolveAsync(reference, user, Cancel)).Digest.ShouldBe(digest);
        (await client.ReadConfigurationAsync(reference, amd64, user, Cancel)).User.ShouldBe("x");
        (await Fails(client.ResolveAsync(reference, null, Cancel))).Failure.ShouldBe(RegistryFailure.Unauthorized);
        (await Fails(client.ResolveAsync(reference, user with { Password = "wrong" }, Cancel))).Failure.ShouldBe(RegistryFailure.Unauthorized);

        (await client.TestConnectionAsync(registry.Host, user, Cancel)).SignedIn.ShouldBeTrue();
        (await client.TestConnectionAsync(registry.Host, null, Cancel)).FailedStep.ShouldBe(ConnectionStep.Authentication);
        (await client.TestConnectionAsync(registry.Host, user with { Password = "wrong" }, Cancel)).FailedStep.ShouldBe(ConnectionStep.Authentication);
    }

    [Fact]
    public async Task A_token_opens_a_registry_that_trusts_a_token_server()
    {
        await using var tokens = await JwtTokenServer.StartAsync(user.Username!, user.Password!);
        await using var registry = await RealRegistry.StartAsync(await tokens.TrustAsync(folder));
        registry.PushWith = new AuthenticationHeaderValue("Bearer", tokens.Sign("team/app", "pull", "push"));
        var (digest, _) = await registry.PushImageAsync("team/app", "1", """{"architecture":"amd64","os":"linux"}""");
        await using var client = NewClient(tokens.Host);
        var reference = ImageReference.Parse($"{registry.Host}/team/app:1");

        var before = tokens.Issued;
        (await client.ResolveAsync(reference, user, Cancel)).Digest.ShouldBe(digest);
        (await client.ReadConfigurationAsync(reference, amd64, user, Cancel)).ManifestDigest.ShouldBe(digest);
        (tokens.Issued - before).ShouldBe(1);

        (await Fails(client.ResolveAsync(reference, null, Cancel))).Failure.ShouldBe(RegistryFailure.Unauthorized);
        var refused = await Fails(client.ResolveAsync(reference, user with { Password = "wrong" }, Cancel));
        refused.Failure.ShouldBe(RegistryFailure.Unauthorized);
        refused.Message.ShouldContain("incorrect username or password");
        (await client.TestConnectionAsync(registry.Host, user, Cancel)).SignedIn.ShouldBeTrue();
        (await client.TestConnectionAsync(registry.Host, user with { Password = "wrong" }, Cancel)).FailedStep.ShouldBe(ConnectionStep.Authentication);
    }

    [Fact]
    public async Task A_registry_that_was_stopped_is_unreachable()
    {
        var registry = await RealRegistry.StartAsync();
        await using var client = NewClient();
        var (digest, _) = await registry.PushImageAsync("app", "1", "{}");
        var reference = ImageReference.Parse($"{registry.Host}/app:1");
        (await client.ResolveAsync(reference, null, Cancel)).Digest.ShouldBe(digest);
        await registry.DisposeAsync();
        var failure = await Fails(client.ResolveAsync(reference, null, Cancel));
        (failure.Failure, failure.IsTransient).ShouldBe((RegistryFailure.Unreachable, true));
        (await client.TestConnectionAsync(registry.Host, null, Cancel)).FailedStep.ShouldBe(ConnectionStep.Connect);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static RegistryClient NewClient(params string[] trusted) =>
        new(new RegistryClientOptions { TrustedTokenServers = trusted.ToHashSet() }, TimeProvider.System);

    private static AuthenticationHeaderValue Basic(RegistryAccess access) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.Username}:{access.Password}")));

    private static Task<RegistryException> Fails(Task task) => Should.ThrowAsync<RegistryException>(() => task);
}
