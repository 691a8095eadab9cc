using Plimsoll.Deployments;
using Plimsoll.Tests.Deployments.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class DeploymentStoreTests
{
    [Fact]
    public async Task A_step_that_the_table_does_not_have_is_refused_and_nothing_is_written()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var queued = await world.EnqueueAsync("v1");

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => world.AdvanceAsync(queued, DeploymentState.Succeeded));

        refused.Message.ShouldBe("A deployment that is queued cannot become succeeded.");
        world.Deployments.Find(queued.Id)!.State.ShouldBe(DeploymentState.Queued);
        world.Deployments.StepsAfter(queued.Id, 0).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_holds_an_old_version_of_it_writes_nothing()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var queued = await world.EnqueueAsync("v1");
        await world.AdvanceAsync(queued, DeploymentState.Pulling);

        await Should.ThrowAsync<StaleDeploymentException>(() => world.AdvanceAsync(queued, DeploymentState.RollingBack));

        var now = world.Deployments.Find(queued.Id)!;
        now.State.ShouldBe(DeploymentState.Pulling);
        now.Version.ShouldBe(queued.Version + 1);
    }

    [Fact]
    public async Task A_newer_wish_ends_the_older_ones_that_have_not_begun_and_leaves_the_one_under_way()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var running = await world.AdvanceAsync(await world.EnqueueAsync("v1"), DeploymentState.Pulling);
        var waiting = await world.EnqueueAsync("v2");

        var newest = await world.EnqueueAsync("v3");

        world.Deployments.Find(running.Id)!.State.ShouldBe(DeploymentState.Pulling);
        var superseded = world.Deployments.Find(waiting.Id)!;
        superseded.State.ShouldBe(DeploymentState.Superseded);
        superseded.ReasonCode.ShouldBe(DeploymentReason.Superseded);
        superseded.Reason!.ShouldContain(newest.Id);
        superseded.FinishedAt.ShouldBe(world.Time.GetUtcNow());
        world.Deployments.Find(newest.Id)!.State.ShouldBe(DeploymentState.Queued);
    }

    [Fact]
    public async Task The_one_under_way_comes_first_and_then_the_newest_that_waits()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        world.Deployments.NextOf(world.Stage.Id).ShouldBeNull();
        var first = await world.AdvanceAsync(await world.EnqueueAsync("v1"), DeploymentState.Pulling);
        var second = await world.EnqueueAsync("v2");

        world.Deployments.NextOf(world.Stage.Id)!.Id.ShouldBe(first.Id);
        world.Deployments.StagesWithWork().ShouldBe([world.Stage.Id]);

        var rolling = await world.AdvanceAsync(first, DeploymentState.RollingBack, "no such image", DeploymentReason.PullFailed);
        await world.AdvanceAsync(rolling, DeploymentState.Failed);
        world.Deployments.NextOf(world.Stage.Id)!.Id.ShouldBe(second.Id);

        await world.AdvanceAsync(second, DeploymentState.Cancelled);
        world.Deployments.NextOf(world.Stage.Id).ShouldBeNull();
        world.Deployments.StagesWithWork().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_reason_to_give_up_stays_when_the_end_comes_later()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var pulling = await world.AdvanceAsync(await world.EnqueueAsync("v1"), DeploymentState.Pulling);
        var rolling = await world.AdvanceAsync(pulling, DeploymentState.RollingBack, "no such image", DeploymentReason.PullFailed);

        await world.AdvanceAsync(rolling, DeploymentState.Failed, "gone");

        var ended = world.Deployments.Find(pulling.Id)!;
        (ended.ReasonCode, ended.Reason).ShouldBe((DeploymentReason.PullFailed, "no such image"));
        ended.StateDeadline.ShouldBeNull();
        world.Deployments.StepsAfter(pulling.Id, 0).Select(step => (step.State, step.Text)).Skip(1).ShouldBe(
            [("pulling", "on it"), ("rolling-back", "no such image"), ("failed", "gone")]);
    }

    [Fact]
    public async Task Very_long_texts_are_cut()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var queued = await world.EnqueueAsync("v1");

        await world.WriteAsync(scope => world.Deployments.AddStep(scope, queued.Id, DeploymentState.Queued, new string('x', 100_000)));

        world.Deployments.StepsAfter(queued.Id, 0)[^1].Text.Length.ShouldBe(2_001);
    }

    [Fact]
    public async Task A_wish_to_stop_counts_for_the_state_of_now_and_not_for_the_one_that_somebody_saw()
    {
        await using var world = await DeploymentsStore.CreateAsync();
        var deployment = await world.EnqueueAsync("v1");
        deployment = await world.AdvanceAsync(deployment, DeploymentState.Pulling);

        (await world.WriteAsync(scope => world.Deployments.RequestCancel(scope, deployment.Id, "ann"))).ShouldBeTrue();
        (await world.WriteAsync(scope => world.Deployments.RequestCancel(scope, deployment.Id, "bob"))).ShouldBeTrue("it is being stopped already");
        world.Deployments.Find(deployment.Id)!.CancelRequestedBy.ShouldBe("ann");

        foreach (var state in new[] { DeploymentState.Starting, DeploymentState.Verifying, DeploymentState.Switching, DeploymentState.Draining })
        {
            deployment = await world.AdvanceAsync(deployment, state);
        }

        (await world.WriteAsync(scope => world.Deployments.RequestCancel(scope, deployment.Id, "cleo"))).ShouldBeFalse("there is only forward");
        (await world.WriteAsync(scope => world.Deployments.RequestCancel(scope, "nobody", "cleo"))).ShouldBeFalse();
    }
}
