using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

public sealed class SystemTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_engine_answers_and_a_common_version_is_agreed_on()
    {
        var version = await docker.Engine.System.PingAsync(Token);

        version.ShouldBeGreaterThanOrEqualTo(ApiVersion.Oldest);
        version.ShouldBeLessThanOrEqualTo(ApiVersion.Newest);
    }

    [Fact]
    public async Task The_engine_tells_what_it_is()
    {
        var version = await docker.Engine.System.GetVersionAsync(Token);
        var info = await docker.Engine.System.GetInfoAsync(Token);

        version.Version.ShouldNotBeEmpty();
        version.MinApiVersion.ShouldNotBeEmpty();
        version.OperatingSystem.ShouldBe("linux");
        info.ServerVersion.ShouldBe(version.Version);
        info.Id.ShouldNotBeEmpty();
        info.DockerRootDirectory.ShouldStartWith("/");
        info.OperatingSystem.ShouldBe("linux");
        info.SwarmActive.ShouldBeFalse();
        info.Processors.ShouldBeGreaterThan(0);
        info.Document["ServerVersion"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_engine_measures_its_disk() =>
        (await docker.Engine.System.GetDiskUsageAsync(Token)).ImagesBytes.ShouldBeGreaterThan(0);
}
