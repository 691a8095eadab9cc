using System.Diagnostics;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

public sealed class TestImagesTests(EngineWorld world)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_versions_differ_in_digest_and_in_what_they_answer()
    {
        var first = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        var second = await world.Images.GetAsync(ImageKind.Healthy, "v2", cancellation);
        await using var one = await SampleContainer.StartAsync(world.Engine, first, cancellation);
        await using var two = await SampleContainer.StartAsync(world.Engine, second, cancellation);

        first.Digest.ShouldNotBe(second.Digest);
        (await one.GetAsync("/", cancellation)).ShouldBe("healthy v1");
        (await two.GetAsync("/", cancellation)).ShouldBe(second.Body);
    }

    [Fact]
    public async Task An_image_is_built_once_for_all_who_ask()
    {
        var images = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Images.GetAsync(ImageKind.Healthy, "shared", cancellation)));

        images.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_engine_knows_a_published_image_under_its_registry_name_only_after_a_pull()
    {
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "team/unpulled", "stable", cancellation);

        await Should.ThrowAsync<CommandFailedException>(() => world.Engine.RunDockerAsync("image", "inspect", image.Reference));
        await Should.ThrowAsync<CommandFailedException>(() => world.Engine.RunDockerAsync("image", "inspect", image.Pinned));
        await world.Engine.RunDockerAsync("pull", image.Reference);
        (await world.Engine.RunDockerAsync("image", "inspect", "--format", "{{json .RepoDigests}}", image.Reference)).ShouldContain(image.Pinned);
    }

    [Fact]
    public async Task Healthy_becomes_healthy_carries_labels_shows_its_environment_and_leaves_when_asked()
    {
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation, "--env", "GREETING=ahoy");
        await container.WaitForHealthAsync("healthy", cancellation);

        (await container.GetAsync("/health", cancellation)).ShouldBe("ok");
        (await container.GetAsync("/cgi-bin/env", cancellation)).Split('\n').ShouldContain("GREETING=ahoy");
        var document = await container.InspectAsync(cancellation);
        ((string?)document["Config"]!["Labels"]!["org.opencontainers.image.version"]).ShouldBe("v1");
        document["Config"]!["ExposedPorts"]!.AsObject().ShouldContainKey("8080/tcp");
        (await StopAsync(container)).ShouldBeLessThan(TimeSpan.FromSeconds(3));
        (await ExitCodeAsync(container)).ShouldBe(0);
    }

    [Fact]
    public async Task Healthy_counts_what_is_uploaded()
    {
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);
        await container.GetAsync("/", cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        using var answer = await http.PostAsync(
            $"http://{await container.ReadAddressAsync(cancellation)}:8080/cgi-bin/upload",
            new ByteArrayContent(new byte[300_000]),
            cancellation);

        (await answer.Content.ReadAsStringAsync(cancellation)).Trim().ShouldBe("300000");
    }

    [Fact]
    public async Task NoShell_answers_and_has_neither_shell_nor_health_check()
    {
        var image = await world.Images.GetAsync(ImageKind.NoShell, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);

        (await container.GetAsync("/", cancellation)).ShouldBe("no-shell v1");
        (await container.ReadHealthAsync(cancellation)).ShouldBe("none");
        await Should.ThrowAsync<CommandFailedException>(() => world.Engine.RunDockerAsync("exec", container.Name, "sh", "-c", "true"));
        await Should.ThrowAsync<CommandFailedException>(() => world.Engine.RunDockerAsync("exec", container.Name, "/bin/sh", "-c", "true"));
    }

    [Fact]
    public async Task Unhealthy_answers_but_its_health_check_fails()
    {
        var image = await world.Images.GetAsync(ImageKind.Unhealthy, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);

        await container.WaitForHealthAsync("unhealthy", cancellation);
        (await container.GetAsync("/", cancellation)).ShouldBe("unhealthy v1");
    }

    [Fact]
    public async Task ExitsAtOnce_says_why_and_ends_with_3()
    {
        var image = await world.Images.GetAsync(ImageKind.ExitsAtOnce, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);

        (await world.Engine.RunDockerAsync("wait", container.Name)).ShouldBe("3");
        var log = await Command.RunAsync("sh", ["-c", $"docker logs {container.Name} 2>&1"], world.Engine.CommandLineEnvironment, cancellation);
        log.ShouldBe("cannot start: DATABASE_URL is not set");
    }

    [Fact]
    public async Task HealthyLate_answers_at_once_and_is_healthy_later()
    {
        var image = await world.Images.GetAsync(ImageKind.HealthyLate, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation, "--env", "HEALTHY_AFTER=3");

        (await container.GetAsync("/", cancellation)).ShouldBe("healthy-late v1");
        (await container.TryGetAsync("/health", cancellation)).ShouldBeNull();
        (await container.ReadHealthAsync(cancellation)).ShouldBe("starting");
        await container.WaitForHealthAsync("healthy", cancellation);
    }

    [Fact]
    public async Task SlowToAnswer_is_slow_only_where_asked_and_answers_others_meanwhile()
    {
        var image = await world.Images.GetAsync(ImageKind.SlowToAnswer, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);
        await container.WaitForHealthAsync("healthy", cancellation);

        var clock = Stopwatch.StartNew();
        var slow = container.GetAsync("/slow", cancellation);
        (await container.GetAsync("/", cancellation)).ShouldBe("slow-to-answer v1");
        slow.IsCompleted.ShouldBeFalse();
        (await slow).ShouldBe("slow-to-answer v1");
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task SlowToStop_answers_while_it_is_being_stopped()
    {
        var image = await world.Images.GetAsync(ImageKind.SlowToStop, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation, "--env", "STOP_SECONDS=3");
        await container.WaitForHealthAsync("healthy", cancellation);

        var stopping = StopAsync(container);
        (await container.GetAsync("/", cancellation)).ShouldBe("slow-to-stop v1");
        (await stopping).ShouldBeGreaterThan(TimeSpan.FromSeconds(2.5));
        (await ExitCodeAsync(container)).ShouldBe(0);
    }

    [Fact]
    public async Task NeverListens_runs_and_refuses_connections()
    {
        var image = await world.Images.GetAsync(ImageKind.NeverListens, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);

        (await container.TryGetAsync("/", cancellation)).ShouldBeNull();
        ((bool?)(await container.InspectAsync(cancellation))["State"]!["Running"]).ShouldBe(true);
        (await StopAsync(container)).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    private async Task<TimeSpan> StopAsync(SampleContainer container)
    {
        var clock = Stopwatch.StartNew();
        await world.Engine.RunDockerAsync(["stop", container.Name], cancellation);
        return clock.Elapsed;
    }

    private async Task<int> ExitCodeAsync(SampleContainer container) =>
        (int)(await container.InspectAsync(cancellation))["State"]!["ExitCode"]!;
}
