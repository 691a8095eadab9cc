using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Waiting;
using Plimsoll.Tests.Deployments.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions.Waiting;

public sealed class WaitingRoomTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_too_young_is_deployed_by_itself_when_it_is_old_enough()
    {
        await using var world = await CreateAsync(new Policy { MinimumAge = "2h" });
        var judgement = (await world.Intake.JudgeAsync(Asked(world, "v1"), Token))[0];
        (judgement.Verdict, judgement.ReasonCode).ShouldBe((Verdict.Wait, ReasonCode.TooYoung));
        world.Decisions.List(new DecisionFilter(), 1)[0].LookAgainAt.ShouldBe(world.Time.GetUtcNow().AddHours(2));

        await using var room = await RunningRoom.StartAsync(world);
        await room.PassAsync(TimeSpan.FromMinutes(119));
        world.Deployments.StagesWithWork().ShouldBeEmpty();
        // On a busy machine the room's first look may come late, so it is the deployment that is waited for, and not the next change.
        while (world.Deployments.StagesWithWork().Count == 0)
        {
            await room.PassAsync(TimeSpan.FromMinutes(1));
        }

        var deployment = world.Deployments.List(null, null, null, 10).ShouldHaveSingleItem();
        (deployment.Artifact.Tag, deployment.Trigger).ShouldBe(("v1", "webhook"));
        world.Waiting.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_for_an_update_job_goes_when_one_comes_and_a_person_need_not_wait()
    {
        await using var world = await CreateAsync(new Policy { Start = Policy.StartByJob });
        var judgement = (await world.Intake.JudgeAsync(Asked(world, "v1"), Token))[0];
        (judgement.Verdict, judgement.ReasonCode).ShouldBe((Verdict.Wait, ReasonCode.WaitsForUpdateJob));
        await using var room = await RunningRoom.StartAsync(world);
        await room.PassAsync(TimeSpan.FromDays(3));
        world.Deployments.StagesWithWork().ShouldBeEmpty("time alone changes nothing");

        var report = await new WaitingUpdates(world.Waiting, world.Apps.Stages, world.Intake).RunAsync(Token);

        report.ToString().ShouldBe("1 waiting images, 1 deployed");
        world.Deployments.List(null, null, null, 10).ShouldHaveSingleItem().Artifact.Tag.ShouldBe("v1");
        world.Waiting.List().ShouldBeEmpty();
        (await world.Intake.JudgeAsync(Asked(world, "v2") with { Trigger = CandidateTrigger.Manual }, Token))[0].Verdict.ShouldBe(Verdict.Deploy);
    }

    [Fact]
    public async Task It_is_looked_at_at_once_when_the_policy_changes()
    {
        await using var world = await CreateAsync(new Policy { Windows = [new TimeFrame("0 0 29 2 *", "1h")] });
        await world.Intake.JudgeAsync(Asked(world, "v1"), Token);
        await using var room = await RunningRoom.StartAsync(world);

        (await world.Apps.Changes.UpdateStageAsync(world.Project.Id, world.Stage.Name, stage => stage with { Policy = Policy.Default }, Token)).Refusal.ShouldBeNull();
        await EmptyAsync(world);

        world.Deployments.List(null, null, null, 10).ShouldHaveSingleItem().Artifact.Tag.ShouldBe("v1");
    }

    [Fact]
    public async Task A_later_tag_takes_the_place_of_one_that_waits_also_when_a_poll_sees_the_old_one_again()
    {
        await using var world = await CreateAsync(new Policy { MinimumAge = "2h" });
        await world.Intake.JudgeAsync(Asked(world, "v1"), Token);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Intake.JudgeAsync(Asked(world, "v2"), Token);

        world.Waiting.List().ShouldHaveSingleItem().Tag.ShouldBe("v2");
        world.Decisions.List(new DecisionFilter(), 10).ShouldContain(decision => decision.Tag == "v1" && decision.ReasonCode == ReasonCode.Overtaken && decision.Verdict == "skip");

        world.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await world.Intake.JudgeAsync(Asked(world, "v1") with { Trigger = CandidateTrigger.Poll }, Token);
        again[0].ReasonCode.ShouldBe(ReasonCode.Overtaken);
        world.Waiting.List().ShouldHaveSingleItem().Tag.ShouldBe("v2");
    }

    [Fact]
    public async Task Of_versions_that_wait_the_highest_is_deployed_and_the_lower_one_is_not()
    {
        await using var world = await CreateAsync(new Policy { Follow = "semver", MinimumAge = "2h" });
        await world.Intake.JudgeAsync(Asked(world, "v1.5.0"), Token);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Intake.JudgeAsync(Asked(world, "v1.4.0"), Token);
        world.Waiting.List().Count.ShouldBe(2);
        world.Time.Advance(TimeSpan.FromHours(3));

        await using var room = await RunningRoom.StartAsync(world);
        await room.UntilAsync(() => world.Waiting.List().Count == 0);

        world.Deployments.List(null, null, null, 10).ShouldHaveSingleItem().Artifact.Tag.ShouldBe("v1.5.0");
        world.Decisions.List(new DecisionFilter(), 10).ShouldContain(decision => decision.Tag == "v1.4.0" && decision.ReasonCode == ReasonCode.NotNewer);
    }

    [Fact]
    public async Task A_deployment_by_hand_ends_the_waiting_of_what_came_before()
    {
        await using var world = await CreateAsync(new Policy { MinimumAge = "2h" });
        await world.Intake.JudgeAsync(Asked(world, "v1"), Token);

        await world.Intake.JudgeAsync(Given.Candidate("v2", CandidateTrigger.Manual), Token);

        world.Waiting.List().ShouldBeEmpty();
        world.Decisions.List(new DecisionFilter(), 10).ShouldContain(decision => decision.Tag == "v1" && decision.ReasonCode == ReasonCode.Overtaken);
    }

    [Fact]
    public async Task The_same_tag_pushed_again_waits_in_place_of_the_old_one_and_only_so_many_wait()
    {
        await using var world = await CreateAsync(new Policy { Follow = "semver", MinimumAge = "2h" });
        await world.Intake.JudgeAsync(Asked(world, "v1.0.0"), Token);
        await world.Intake.JudgeAsync(Asked(world, "v1.0.0") with { Artifact = Given.Artifact("v1.0.0", "anew") }, Token);
        world.Waiting.List().ShouldHaveSingleItem().Digest.ShouldBe(Given.Digest("anew"));

        for (var patch = 1; patch <= WaitingStore.MostOfStage + 5; patch++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await world.Intake.JudgeAsync(Asked(world, $"v1.0.{patch}"), Token);
        }

        world.Waiting.List().Count.ShouldBe(WaitingStore.MostOfStage);
        world.Waiting.List().ShouldContain(waiting => waiting.Tag == $"v1.0.{WaitingStore.MostOfStage + 5}");
    }

    /// <summary>The room also looks at everybody when it opens, which is a change as well.</summary>
    private static async Task EmptyAsync(DeploymentsStore world)
    {
        while (true)
        {
            var next = world.Waiting.Changed.Next;
            if (world.Waiting.List().Count == 0)
            {
                return;
            }

            await next.WaitAsync(Token);
        }
    }

    private static Candidate Asked(DeploymentsStore world, string tag) => Given.Candidate(tag) with { AskedAt = world.Time.GetUtcNow() };

    private static async Task<DeploymentsStore> CreateAsync(Policy policy)
    {
        var world = await DeploymentsStore.CreateAsync();
        await world.WriteAsync(scope => world.Apps.Stages.Update(scope, world.Stage with { Policy = policy }));
        return world;
    }

    /// <summary>The room at work, on the time of the world.</summary>
    private sealed class RunningRoom : IAsyncDisposable
    {
        private readonly DeploymentsStore _world;
        private readonly WaitingRoom _room;

        private RunningRoom(DeploymentsStore world)
        {
            _world = world;
            _room = new WaitingRoom(world.Waiting, world.Pending, world.Intake, world.Apps.Changes, world.Time, NullLogger<WaitingRoom>.Instance);
        }

        public static async Task<RunningRoom> StartAsync(DeploymentsStore world)
        {
            var running = new RunningRoom(world);
            await running._room.StartAsync(Token);
            return running;
        }

        public async Task PassAsync(TimeSpan time)
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
            {
                _world.Time.Advance(TimeSpan.FromMinutes(1));
                await Task.Yield();
            }
        }

        public async Task UntilAsync(Func<bool> holds)
        {
            while (true)
            {
                var next = _world.Waiting.Changed.Next;
                if (holds())
                {
                    return;
                }

                await next.WaitAsync(Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _room.StopAsync(CancellationToken.None);
            _room.Dispose();
        }
    }
}
