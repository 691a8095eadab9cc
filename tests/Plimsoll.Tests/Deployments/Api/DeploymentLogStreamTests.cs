using System.Net.ServerSentEvents;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Api;
using Plimsoll.Tests.Deployments.Support;

namespace Plimsoll.Tests.Deployments.Api;

public sealed class DeploymentLogStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_comes_in_order_and_then_the_end_however_much_there_is()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var deployment = await world.EnqueueAsync("v1");
        var many = (2 * DeploymentStore.MostStepsPerRead) + 1;
        await world.WriteAsync(scope =>
        {
            for (var line = 1; line <= many; line++)
            {
                world.Deployments.AddStep(scope, deployment.Id, DeploymentState.Queued, $"line {line}");
            }

            world.Deployments.Advance(scope, deployment, DeploymentState.Cancelled, "stopped");
        });

        var items = await ReadAsync(DeploymentLogStream.Follow(world.Deployments, deployment.Id, 0, Token));

        items.Count.ShouldBe(many + 3, "queued, the lines, stopped, end");
        items[^1].EventType.ShouldBe("end");
        items[^2].Data.ShouldContain("stopped");
        items.SkipLast(1).Select(item => long.Parse(item.EventId!)).ShouldBeInOrder();
    }

    [Fact]
    public async Task Who_comes_back_gets_only_what_is_new()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var deployment = await world.EnqueueAsync("v1");
        var seen = world.Deployments.StepsAfter(deployment.Id, 0)[^1].Id;
        await world.AdvanceAsync(deployment, DeploymentState.Cancelled, "stopped");

        var items = await ReadAsync(DeploymentLogStream.Follow(world.Deployments, deployment.Id, seen, Token));

        items.Select(item => item.EventType).ShouldBe(["step", "end"]);
    }

    [Fact]
    public async Task What_happens_while_somebody_looks_comes_as_it_happens()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var deployment = await world.EnqueueAsync("v1");
        await using var stream = DeploymentLogStream.Follow(world.Deployments, deployment.Id, 0, Token).GetAsyncEnumerator(Token);
        (await stream.MoveNextAsync()).ShouldBeTrue();
        var next = stream.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();

        await world.AdvanceAsync(deployment, DeploymentState.Pulling, "fetching");

        (await next).ShouldBeTrue();
        stream.Current.Data.ShouldContain("fetching");
    }

    [Fact]
    public async Task It_ends_without_an_error_when_the_program_stops()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var deployment = await world.EnqueueAsync("v1");
        using var stopping = new CancellationTokenSource();
        var reading = ReadAsync(DeploymentLogStream.Follow(world.Deployments, deployment.Id, 0, stopping.Token));

        await stopping.CancelAsync();

        (await reading.WaitAsync(Token)).ShouldAllBe(item => item.EventType == "step");
    }

    private static async Task<IReadOnlyList<SseItem<string>>> ReadAsync(IAsyncEnumerable<SseItem<string>> stream)
    {
        var items = new List<SseItem<string>>();
        await foreach (var item in stream)
        {
            items.Add(item);
        }

        return items;
    }
}
