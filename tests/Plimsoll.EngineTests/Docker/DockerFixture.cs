using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

/// <summary>
/// A client of the test engine, an image to run, and names that belong to one class of tests. What has such a name is removed at the end.
/// </summary>
public sealed class DockerFixture : IAsyncLifetime
{
    public const string Image = "plimsoll-test/busybox:1";

    private static readonly SemaphoreSlim Building = new(1, 1);

    private int _names;

    public DockerEngine Engine { get; } = TestEngine.Connect();

    public string Prefix { get; } = $"pt{Guid.NewGuid():N}"[..10];

    public string NewName() => $"{Prefix}-{Interlocked.Increment(ref _names)}";

    public async ValueTask InitializeAsync()
    {
        await Building.WaitAsync();
        try
        {
            if (await Engine.Images.FindAsync(Image, CancellationToken.None) is null)
            {
                await BuildAsync(Image);
            }
        }
        finally
        {
            Building.Release();
        }
    }

    /// <summary>Builds an image of busybox and, so that its download takes a moment, some megabytes of noise.</summary>
    public static async Task BuildAsync(string reference, int noiseMegabytes = 0)
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-build-");
        try
        {
            var noise = new byte[noiseMegabytes * 1024 * 1024];
            Random.Shared.NextBytes(noise);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "noise"), noise);
            File.Copy("/usr/bin/busybox", Path.Combine(folder.FullName, "busybox"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "Dockerfile"),
                """
                FROM scratch
                COPY busybox noise /bin/
                RUN ["/bin/busybox", "--install", "-s", "/bin"]
                ENV PATH=/bin
                EXPOSE 8080 53/udp
                LABEL made-for=tests
                CMD ["sleep", "1000"]
                """);
            await Command.RunAsync("docker", "build", "-q", "-t", reference, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A container that runs a shell script, or sleeps.</summary>
    internal ContainerSpecification Running(string? script = null) => new()
    {
        Name = NewName(),
        Image = Image,
        Network = "none",
        Command = script is null ? ["sleep", "1000"] : ["sh", "-c", script],
        StopTimeout = TimeSpan.FromSeconds(1),
    };

    internal async Task<string> StartAsync(ContainerSpecification specification)
    {
        var id = await Engine.Containers.CreateAsync(specification, TestContext.Current.CancellationToken);
        await Engine.Containers.StartAsync(id, TestContext.Current.CancellationToken);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        var none = CancellationToken.None;
        foreach (var container in await Engine.Containers.ListAsync(ContainerFilter.All, none))
        {
            if (container.Name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                await Engine.Containers.RemoveAsync(container.Id, force: true, removeAnonymousVolumes: true, none);
            }
        }

        foreach (var network in (await Engine.Networks.ListAsync(none)).Where(network => network.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            await Engine.Networks.RemoveAsync(network.Id, none);
        }

        foreach (var volume in (await Engine.Volumes.ListAsync(none)).Where(volume => volume.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            await Engine.Volumes.RemoveAsync(volume.Name, none);
        }

        await Engine.DisposeAsync();
    }
}
