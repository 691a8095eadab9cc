using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

public sealed class CleanUpTests(EngineWorld world)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private ContainerShim[] shims = [];

    [Fact]
    public async Task A_disposed_engine_leaves_no_process_mount_bridge_rule_or_folder()
    {
        var engine = await EngineWithContainerAsync();

        await engine.DisposeAsync();

        await ShouldHaveLeftNothingAsync(engine);
    }

    [Fact]
    public async Task An_engine_that_is_disposed_after_a_crash_leaves_nothing_either()
    {
        var engine = await EngineWithContainerAsync();
        await engine.KillAsync();

        await engine.DisposeAsync();

        await ShouldHaveLeftNothingAsync(engine);
    }

    [Fact]
    public async Task What_a_killed_test_run_left_behind_is_removed_by_the_next_one()
    {
        var engine = await EngineWithContainerAsync();
        var owner = Path.Combine(engine.Folder, "owner");
        var words = (await File.ReadAllTextAsync(owner, cancellation)).Split(' ');
        // The same process id, but a process that started at another time: one that is gone.
        await File.WriteAllTextAsync(owner, $"{words[0]} 1 {words[2]}", cancellation);

        await Leftovers.SweepAbandonedAsync();

        await ShouldHaveLeftNothingAsync(engine);
    }

    [Fact]
    public async Task A_folder_in_use_is_not_taken_for_an_abandoned_one()
    {
        await using var folder = ScratchFolder.Create();

        ScratchFolder.FindAbandoned().ShouldNotContain(folder.Path);
        ScratchFolder.FindAbandoned().ShouldNotContain(world.Engine.Folder);
    }

    [Fact]
    public async Task A_disposed_registry_leaves_no_process_and_no_folder()
    {
        var registry = new LocalRegistry();
        await registry.InitializeAsync();
        Leftovers.ProcessesOf(registry.Folder).ShouldHaveSingleItem();

        await registry.DisposeAsync();

        Leftovers.ProcessesOf(registry.Folder).ShouldBeEmpty();
        Directory.Exists(registry.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_of_a_killed_test_run_is_found_by_its_fault_folder()
    {
        await using var plimsoll = new PlimsollProcess(new PlimsollSettings { DockerHost = "", Command = ["sleep", "60"] });
        await plimsoll.StartWithoutWaitingAsync();
        var folder = Path.GetDirectoryName(plimsoll.Faults.Folder)!;

        Leftovers.ProcessesOf(folder).ShouldHaveSingleItem().Id.ShouldBe(plimsoll.ProcessId);
    }

    private async Task<PrivateEngine> EngineWithContainerAsync()
    {
        var engine = new PrivateEngine();
        await engine.InitializeAsync();
        var image = await PublishedImage.ForAsync(engine, world.Registry, cancellation);
        var container = await SampleContainer.StartAsync(engine, image, cancellation, "--publish", "127.0.0.1::8080");
        await container.GetAsync("/", cancellation);

        Leftovers.ProcessesOf(engine.Folder).Select(process => process.Program).ShouldBeSubsetOf(
            ["dockerd", "containerd", "containerd-shim-runc-v2", "docker-proxy", "sh", "httpd", "wget", "runc"]);
        Leftovers.ProcessesOf(engine.Folder).ShouldContain(process => process.Program == "httpd");
        shims = [.. Leftovers.ProcessesOf(engine.Folder).Select(ContainerShim.From).OfType<ContainerShim>()];
        var shim = shims.ShouldHaveSingleItem();
        File.Exists(shim.SocketPath).ShouldBeTrue();
        shim.ControlGroups.ShouldNotBeEmpty();
        Leftovers.MountsBelow(engine.Folder).ShouldNotBeEmpty();
        Leftovers.BridgesIn(engine.Pool).ShouldNotBeEmpty();
        return engine;
    }

    private async Task ShouldHaveLeftNothingAsync(PrivateEngine engine)
    {
        Leftovers.ProcessesOf(engine.Folder).ShouldBeEmpty();
        Leftovers.MountsBelow(engine.Folder).ShouldBeEmpty();
        Leftovers.BridgesIn(engine.Pool).ShouldBeEmpty();
        Directory.Exists(engine.Folder).ShouldBeFalse();
        shims.ShouldAllBe(shim => shim.HasLeftNothing);
        var rules = await Command.RunAsync("iptables-save", [], cancellation);
        rules.ShouldNotContain(Path.GetFileName(engine.Folder));
    }
}
