using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

public sealed class ImageTests(DockerFixture docker, LocalRegistry registry) : IClassFixture<DockerFixture>, IClassFixture<LocalRegistry>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ImageOperations Images => docker.Engine.Images;

    [Fact]
    public async Task An_image_tells_what_containers_inherit()
    {
        var image = await Images.InspectAsync(DockerFixture.Image, Token);

        image.Id.ShouldStartWith("sha256:");
        image.ExposedTcpPorts.ShouldBe([8080]);
        image.HasHealthCheck.ShouldBeFalse();
        image.Labels["made-for"].ShouldBe("tests");
        image.OperatingSystem.ShouldBe("linux");
        image.SizeBytes.ShouldBeGreaterThan(0);
        image.Created.ShouldNotBeNull();
        (await Images.ListAsync(Token)).ShouldContain(listed => listed.Id == image.Id && listed.RepoTags.Contains(DockerFixture.Image));
        (await Images.FindAsync("plimsoll-test/none:1", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_image_is_pulled_by_tag_and_by_digest()
    {
        var repository = await registry.PushAsync(DockerFixture.Image, "pulled/app", "1.2");

        var byTag = await Images.PullAsync(new PullRequest(repository, "1.2"), progress: null, Token);
        byTag.RepoTags.ShouldContain($"{repository}:1.2");
        var digest = byTag.DigestIn(repository).ShouldNotBeNull();
        await Images.RemoveAsync($"{repository}:1.2", force: false, Token);

        var byDigest = await Images.PullAsync(new PullRequest(repository, digest), progress: null, Token);
        byDigest.Id.ShouldBe(byTag.Id);
        await Images.RemoveAsync($"{repository}@{digest}", force: false, Token);
    }

    [Fact]
    public async Task Progress_reaches_all_bytes_of_all_layers()
    {
        var reference = $"plimsoll-test/{docker.NewName()}:1";
        await DockerFixture.BuildAsync(reference, noiseMegabytes: 8);
        var repository = await registry.PushAsync(reference, "pulled/noise", "1");
        await Images.RemoveAsync(reference, force: true, Token);
        var reports = new Reports();

        await Images.PullAsync(new PullRequest(repository, "1"), reports, Token);

        var last = reports.Seen[^1];
        last.LayersDone.ShouldBe(last.LayersTotal);
        last.BytesDone.ShouldBe(last.BytesTotal.ShouldNotBeNull());
        last.BytesDone.ShouldBeGreaterThan(8 * 1024 * 1024);
        await Images.RemoveAsync($"{repository}:1", force: true, Token);
    }

    [Fact]
    public async Task A_tag_that_does_not_exist_is_not_found()
    {
        var repository = await registry.PushAsync(DockerFixture.Image, "pulled/tags", "1");

        var fault = await Should.ThrowAsync<ImagePullException>(Images.PullAsync(new PullRequest(repository, "2"), null, Token));

        fault.Failure.ShouldBe(PullFailure.NotFound);
        fault.Message.ShouldContain($"{repository}:2");
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_unreachable() =>
        (await Should.ThrowAsync<ImagePullException>(Images.PullAsync(new PullRequest("127.0.0.1:9/app", "1"), null, Token)))
            .Failure.ShouldBe(PullFailure.RegistryUnreachable);

    [Fact]
    public async Task An_engine_lost_in_the_middle_of_a_pull_is_unavailable()
    {
        var reference = $"plimsoll-test/{docker.NewName()}:1";
        await DockerFixture.BuildAsync(reference, noiseMegabytes: 64);
        var repository = await registry.PushAsync(reference, "pulled/large", "1");
        await Images.RemoveAsync(reference, force: true, Token);
        await using var relay = new SocketRelay();
        await using var client = new DockerEngine(DockerEndpoint.Parse(relay.Address), TimeProvider.System);
        var cut = new Reports { OnReport = relay.Cut };

        var fault = await Should.ThrowAsync<DockerUnavailableException>(client.Images.PullAsync(new PullRequest(repository, "1"), cut, Token));

        fault.OutcomeIsUnknown.ShouldBeTrue();
        fault.Message.ShouldContain($"{repository}:1");
        relay.Mend();
        (await client.Images.PullAsync(new PullRequest(repository, "1"), null, Token)).RepoTags.ShouldContain($"{repository}:1");
        await Images.RemoveAsync($"{repository}:1", force: true, Token);
    }

    [Fact]
    public async Task Tags_are_given_and_taken_and_an_image_in_use_stays()
    {
        var repository = $"plimsoll-test/{docker.NewName()}";
        await Images.TagAsync(DockerFixture.Image, repository, "kept", Token);
        (await Images.InspectAsync($"{repository}:kept", Token)).RepoTags.ShouldContain($"{repository}:kept");
        await Images.RemoveAsync($"{repository}:kept", force: false, Token);
        await Images.RemoveAsync($"{repository}:kept", force: false, Token);
        (await Images.FindAsync($"{repository}:kept", Token)).ShouldBeNull();

        await docker.StartAsync(docker.Running());
        var id = (await Images.InspectAsync(DockerFixture.Image, Token)).Id;
        await Should.ThrowAsync<DockerConflictException>(Images.RemoveAsync(id, force: false, Token));
    }

    private sealed class Reports : IProgress<PullProgress>
    {
        public List<PullProgress> Seen { get; } = [];

        public Action OnReport { get; init; } = () => { };

        public void Report(PullProgress value)
        {
            Seen.Add(value);
            OnReport();
        }
    }
}
