using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Edge;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Edge;

public sealed class RecordingRoutesTests
{
    [Fact]
    public async Task A_switch_gives_the_stage_and_the_tag_a_name()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var one = await world.AddInstanceAsync("one", "v1", Standing.Live);

        await RecordAsync(world, one);

        Names(world).ShouldBe(["stage-rel-shop-v1.localhost → one", "stage-rel-shop.localhost → one"]);
        var main = world.Routes.All().Single(route => route.IsMain);
        (main.Host, main.Port, main.StageId, main.Project, main.Stage).ShouldBe(("stage-rel-shop.localhost", 8080, world.Stage.Id, "shop", "rel"));
    }

    [Fact]
    public async Task The_next_version_takes_the_stages_name_and_the_old_one_keeps_its_tags()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await RecordAsync(world, await world.AddInstanceAsync("one", "v1", Standing.Live));

        await RecordAsync(world, await world.AddInstanceAsync("two", "v2", Standing.Live));

        Names(world).ShouldBe(["stage-rel-shop-v1.localhost → one", "stage-rel-shop-v2.localhost → two", "stage-rel-shop.localhost → two"]);
    }

    [Fact]
    public async Task A_newer_instance_of_the_same_tag_takes_that_tags_name_too()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await RecordAsync(world, await world.AddInstanceAsync("one", "v1", Standing.Live));

        await RecordAsync(world, await world.AddInstanceAsync("two", "v1", Standing.Live));

        Names(world).ShouldBe(["stage-rel-shop-v1.localhost → two", "stage-rel-shop.localhost → two"]);
    }

    [Fact]
    public async Task What_is_withdrawn_has_no_name_any_more()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await RecordAsync(world, await world.AddInstanceAsync("one", "v1", Standing.Kept));
        await RecordAsync(world, await world.AddInstanceAsync("two", "v2", Standing.Live));

        await world.WriteAsync(scope => RouteStore.Withdraw(scope, ["one", "nobody"]));

        Names(world).ShouldBe(["stage-rel-shop-v2.localhost → two", "stage-rel-shop.localhost → two"]);
    }

    [Fact]
    public async Task An_instance_that_is_gone_takes_its_names_along()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await RecordAsync(world, await world.AddInstanceAsync("one", "v1", Standing.Live));

        await world.WriteAsync(scope => InstanceStore.Remove(scope, "one"));

        world.Routes.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_stages_name_is_left_there_and_this_one_gets_a_name_apart_that_stays_the_same()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await RecordAsync(world, await world.AddInstanceAsync("one", "v1", Standing.Live));
        // Another pattern of names, under which two stages come out alike.
        var alike = new Settings { SubdomainPattern = "stage-rel-shop" };
        var other = await world.AddStageAsync(Given.Stage with { Name = "prod" });
        var two = await world.AddInstanceAsync("two", "v2", Standing.Live, other);

        await RecordAsync(world, two, other, alike);
        var first = Names(world);
        await RecordAsync(world, two, other, alike);

        Names(world).ShouldBe(first);
        Names(world).ShouldContain("stage-rel-shop.localhost → one");
        world.Routes.All().Single(route => route.IsMain && route.InstanceId == "two").Host.ShouldSatisfyAllConditions(
            host => host.ShouldStartWith("stage-rel-shop-"), host => host.ShouldEndWith(".localhost"), host => host.Length.ShouldBe("stage-rel-shop-123456.localhost".Length));
    }

    [Fact]
    public async Task An_image_without_a_port_gets_no_name_and_the_stages_old_one_ends()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        await RecordAsync(world, await world.AddInstanceAsync("one", "v1", Standing.Live));

        await RecordAsync(world, await world.AddInstanceAsync("two", "v2", Standing.Live, port: 0));

        Names(world).ShouldBe(["stage-rel-shop-v1.localhost → one"]);
    }

    [Fact]
    public async Task A_stage_with_a_name_of_its_own_shows_only_that()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var one = await world.AddInstanceAsync("one", "v1", Standing.Live);
        await RecordAsync(world, one);

        await RecordAsync(world, one, world.Stage with { Subdomain = "shop" });

        Names(world).ShouldBe(["shop.localhost → one"]);
    }

    private static Task RecordAsync(DeploymentsStore world, Instance target, Stage? stage = null, Settings? settings = null) =>
        world.WriteAsync(scope => world.Routes.Record(scope, new TrafficChange(settings ?? new Settings(), world.Project, stage ?? world.Stage, target)));

    private static IReadOnlyList<string> Names(DeploymentsStore world) => [.. world.Routes.All().Select(route => $"{route.Host} → {route.InstanceId}")];
}
