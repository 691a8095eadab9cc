using System.Net;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

public sealed class LocalRegistryTests(EngineWorld world)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restarted_registry_has_the_same_address_and_images()
    {
        await using var registry = new LocalRegistry();
        await registry.InitializeAsync();
        var host = registry.Host;
        var digest = await PushAsync(registry, "team/app", "1");

        await registry.StopAsync(cancellation);
        await Should.ThrowAsync<HttpRequestException>(() => registry.FindDigestAsync("team/app", "1", cancellation));
        await registry.StartAsync(cancellation);

        registry.Host.ShouldBe(host);
        (await registry.FindDigestAsync("team/app", "1", cancellation)).ShouldBe(digest);
    }

    [Fact]
    public async Task A_tag_moves_and_a_deleted_digest_takes_its_tags_with_it()
    {
        await using var registry = new LocalRegistry();
        await registry.InitializeAsync();
        var images = new TestImages(world.Engine, registry);
        var first = await images.PublishAsync(ImageKind.Healthy, "move-1", "team/moving", "latest", cancellation);
        var second = await images.PublishAsync(ImageKind.Healthy, "move-2", "team/moving", "latest", cancellation);

        second.Digest.ShouldNotBe(first.Digest);
        (await registry.FindDigestAsync("team/moving", "latest", cancellation)).ShouldBe(second.Digest);

        await registry.DeleteAsync("team/moving", second.Digest, cancellation);
        (await registry.FindDigestAsync("team/moving", "latest", cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_registry_with_login_refuses_strangers()
    {
        await using var registry = LocalRegistry.WithLogin();
        await registry.InitializeAsync();
        var digest = await PushAsync(registry, "private/app", "1");
        using var stranger = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        using var refused = await stranger.GetAsync($"http://{registry.Host}/v2/", cancellation);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await registry.FindDigestAsync("private/app", "1", cancellation)).ShouldBe(digest);
        var failure = await Should.ThrowAsync<CommandFailedException>(() => world.Engine.RunDockerAsync("pull", $"{registry.Host}/private/app:1"));
        failure.Error.ShouldContain("no basic auth credentials");
    }

    [Fact]
    public async Task A_push_is_told_to_the_event_target()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var target = await LocalServer.StartAsync(
            async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var text = await reader.ReadToEndAsync(context.RequestAborted);
                if (text.Contains("manifest", StringComparison.Ordinal))
                {
                    told.TrySetResult(text);
                }
            },
            cancellation);
        await using var registry = new LocalRegistry { EventTarget = new Uri(target.Address, "hook") };
        await registry.InitializeAsync();

        var digest = await PushAsync(registry, "team/told", "7");

        var text = await told.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellation);
        text.ShouldContain(digest);
        text.ShouldContain("team/told");
    }

    [Fact]
    public async Task Pushing_to_a_registry_that_is_down_is_an_error()
    {
        await using var registry = new LocalRegistry();
        await registry.InitializeAsync();
        await registry.StopAsync(cancellation);

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => PushAsync(registry, "team/app", "1"));

        failure.Message.ShouldContain("connection refused");
    }

    private async Task<string> PushAsync(LocalRegistry registry, string repository, string tag)
    {
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        return await registry.PushAsync(world.Engine, image.LocalTag, repository, tag, cancellation);
    }
}
