using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

public sealed class VolumeTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VolumeOperations Volumes => docker.Engine.Volumes;

    [Fact]
    public async Task A_volume_is_there_once_and_keeps_its_files_from_container_to_container()
    {
        var name = docker.NewName();
        var created = await Volumes.EnsureAsync(name, new Dictionary<string, string> { ["a"] = "b" }, Token);
        (await Volumes.EnsureAsync(name, new Dictionary<string, string>(), Token)).Labels["a"].ShouldBe("b");
        created.Mountpoint.ShouldStartWith("/");
        created.Driver.ShouldBe("local");
        (await Volumes.ListAsync(Token)).ShouldContain(volume => volume.Name == name);
        var mount = new ContainerMount(MountKind.Volume, name, "/data");

        var writer = await docker.StartAsync(docker.Running("echo kept > /data/file") with { Mounts = [mount] });
        (await docker.Engine.Containers.WaitAsync(writer, Token)).ShouldBe(0);
        var reader = await docker.StartAsync(docker.Running("grep kept /data/file && ! touch /data/other") with { Mounts = [mount with { IsReadOnly = true }] });
        (await docker.Engine.Containers.WaitAsync(reader, Token)).ShouldBe(0);
        (await docker.Engine.Containers.InspectAsync(reader, Token)).Mounts.Single()
            .ShouldBe(new ContainerMountPoint("volume", name, created.Mountpoint, "/data", IsReadOnly: true));

        (await Should.ThrowAsync<DockerConflictException>(Volumes.RemoveAsync(name, Token))).Message.ShouldContain(name);
        await docker.Engine.Containers.RemoveAsync(writer, force: true, removeAnonymousVolumes: true, Token);
        await docker.Engine.Containers.RemoveAsync(reader, force: true, removeAnonymousVolumes: true, Token);
        await Volumes.RemoveAsync(name, Token);
        await Volumes.RemoveAsync(name, Token);
        (await Volumes.FindAsync(name, Token)).ShouldBeNull();
    }
}
