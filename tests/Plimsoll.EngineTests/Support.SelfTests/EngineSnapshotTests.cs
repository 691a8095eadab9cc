using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

public sealed class EngineSnapshotTests(EngineWorld world)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_orphan_is_named_and_a_clean_project_is_confirmed()
    {
        var project = $"snapshot-{Guid.NewGuid():N}";
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", cancellation);
        (await TakeAsync()).ShouldHoldNothingOf(project);
        await using (var one = await SampleContainer.StartAsync(world.Engine, image, cancellation, LabelsOf(project, "one")))
        await using (var two = await SampleContainer.StartAsync(world.Engine, image, cancellation, LabelsOf(project, "two")))
        {
            await world.Engine.RunDockerAsync("stop", two.Name);
            var snapshot = await TakeAsync();

            snapshot.ShouldHoldExactly(project, "two", "one");
            Should.Throw<ShouldAssertException>(() => snapshot.ShouldHoldExactly(project, "one")).Message.ShouldContain(two.Name);
            Should.Throw<ShouldAssertException>(() => snapshot.ShouldHoldExactly(project, "one", "two", "three"));
            Should.Throw<ShouldAssertException>(() => snapshot.ShouldHoldNothingOf(project));
            var running = snapshot.ContainersOf(project).Single(container => container.IsRunning);
            running.Name.ShouldBe(one.Name);
            running.Addresses[one.Name].ShouldBe(await one.ReadAddressAsync(cancellation));
        }

        (await TakeAsync()).ShouldHoldNothingOf(project);
    }

    [Fact]
    public async Task What_came_since_another_snapshot_is_told()
    {
        var name = $"since-{Guid.NewGuid():N}";
        var before = await TakeAsync();
        await world.Engine.RunDockerAsync("network", "create", name);
        await world.Engine.RunDockerAsync("volume", "create", name);

        var news = (await TakeAsync()).NewSince(before);

        news.ShouldContain($"network {name} (bridge)");
        news.ShouldContain($"volume {name}");
        await world.Engine.RunDockerAsync("network", "rm", name);
        await world.Engine.RunDockerAsync("volume", "rm", name);
    }

    private static string[] LabelsOf(string project, string instance) =>
        ["--label", $"plimsoll.project={project}", "--label", $"plimsoll.instance={instance}"];

    private Task<EngineSnapshot> TakeAsync() => EngineSnapshot.TakeAsync(world.Engine, cancellation);
}
