using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

public sealed class PrivateEngineTests(EngineWorld world)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_is_reached_from_the_host_by_its_address()
    {
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);

        (await container.GetAsync("/", cancellation)).ShouldBe("healthy v1");
        (await container.ReadAddressAsync(cancellation)).ShouldStartWith(world.Engine.AddressRange[..^"0.0/16".Length]);
    }

    [Fact]
    public async Task Containers_of_one_network_reach_each_other_by_name()
    {
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation);
        await container.GetAsync("/", cancellation);

        var answer = await world.Engine.RunDockerAsync(
            ["run", "--rm", "--network", container.Name, image.Pinned, "/bin/wget", "-q", "-O", "-", $"http://{container.Name}:8080/"],
            cancellation);

        answer.ShouldBe("healthy v1");
    }

    [Fact]
    public async Task A_published_port_answers_on_loopback()
    {
        using var port = ClaimedPort.Take();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        await using var container = await SampleContainer.StartAsync(world.Engine, image, cancellation, "--publish", $"127.0.0.1:{port.Number}:8080");
        await container.GetAsync("/", cancellation);

        (await http.GetStringAsync($"http://127.0.0.1:{port.Number}/", cancellation)).Trim().ShouldBe("healthy v1");
    }

    [Fact]
    public async Task A_stopped_engine_starts_again_on_the_same_socket_with_what_it_had()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await engine.RunDockerAsync("network", "create", "kept");

        await engine.StopAsync(cancellation);
        engine.IsRunning.ShouldBeFalse();
        await Should.ThrowAsync<CommandFailedException>(() => engine.RunDockerAsync("version"));

        await engine.StartAsync(cancellation);
        (await engine.RunDockerAsync("network", "ls", "--format", "{{.Name}}")).Split('\n').ShouldContain("kept");
    }

    [Fact]
    public async Task A_container_outlives_a_killed_engine_and_the_next_start_finds_it()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        var image = await PublishedImage.ForAsync(engine, world.Registry, cancellation);
        await using var container = await SampleContainer.StartAsync(engine, image, cancellation, "--restart", "always");
        await container.GetAsync("/", cancellation);
        var address = await container.ReadAddressAsync(cancellation);

        await engine.KillAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        (await http.GetStringAsync($"http://{address}:8080/", cancellation)).Trim().ShouldBe(image.Body);

        await engine.StartAsync(cancellation);
        (await container.GetAsync("/", cancellation)).ShouldBe(image.Body);
    }

    [Fact]
    public async Task An_engine_that_cannot_start_shows_its_log()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await engine.StopAsync(cancellation);
        var configuration = Path.Combine(engine.Folder, "daemon.json");
        await File.WriteAllTextAsync(configuration, "{ \"no-such-setting\": true }", cancellation);

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => engine.StartAsync(cancellation));

        failure.Message.ShouldContain("no-such-setting");
        await File.WriteAllTextAsync(configuration, "{}", cancellation);
    }
}
