using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class DeploymentPlannerTests
{
    private static readonly DateTimeOffset Soon = Given.Now.AddSeconds(10);
    private static readonly DateTimeOffset Past = Given.Now.AddSeconds(-1);

    [Fact]
    public void A_queued_deployment_begins_by_pulling() =>
        Plan(DeploymentState.Queued, new Observation()).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Pulling);

    [Fact]
    public void An_image_that_is_here_already_is_not_pulled() =>
        Plan(DeploymentState.Pulling, new Observation { ImageIsHere = true }).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Starting);

    [Fact]
    public void A_pull_is_repeated_until_its_time_is_over()
    {
        Plan(DeploymentState.Pulling, new Observation(), Soon).ShouldBeOfType<DeploymentStep.PullImage>();
        Plan(DeploymentState.Pulling, new Observation(), Past).ShouldBeOfType<DeploymentStep.RollBack>().ReasonCode.ShouldBe(DeploymentReason.PullDeadline);
    }

    [Fact]
    public void A_candidate_is_created_then_started_then_verified()
    {
        Plan(DeploymentState.Starting, new Observation()).ShouldBeOfType<DeploymentStep.CreateCandidate>();
        Plan(DeploymentState.Starting, new Observation { Candidate = CandidateStatus.Created }).ShouldBeOfType<DeploymentStep.StartCandidate>();
        Plan(DeploymentState.Starting, new Observation { Candidate = CandidateStatus.Running }).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Verifying);
    }

    [Fact]
    public void A_candidate_that_ended_by_itself_goes_on_to_be_judged_and_is_not_started_again() =>
        Plan(DeploymentState.Starting, new Observation { Candidate = CandidateStatus.Ended }).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Verifying);

    [Theory]
    [InlineData(nameof(DeploymentState.Starting))]
    [InlineData(nameof(DeploymentState.Verifying))]
    public void A_candidate_that_an_interruption_stopped_is_started_again_but_not_for_ever(string state)
    {
        var observed = new Observation { Candidate = CandidateStatus.Ended, WasInterrupted = true, Probation = Probation.Begun with { Standing = new ReadinessFinding.Broken(DeploymentReason.ContainerExited, "It ended.") } };
        DeploymentPlanner.Plan(Given.Deployment(Enum.Parse<DeploymentState>(state), Soon) with { Starts = 1 }, observed, Given.Now).ShouldBeOfType<DeploymentStep.StartCandidate>();
        DeploymentPlanner.Plan(Given.Deployment(Enum.Parse<DeploymentState>(state), Soon) with { Starts = DeploymentPlanner.MostStarts }, observed, Given.Now).ShouldNotBeOfType<DeploymentStep.StartCandidate>();
    }

    [Fact]
    public void A_ready_candidate_gets_traffic_even_when_its_time_ran_out_while_nobody_looked() =>
        Plan(DeploymentState.Verifying, Seen(new ReadinessFinding.Ready()), Past).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Switching);

    [Fact]
    public void A_candidate_that_is_not_ready_is_waited_for_until_its_time_is_over()
    {
        Plan(DeploymentState.Verifying, Seen(new ReadinessFinding.NotYet("it answered 503")), Soon).ShouldBeOfType<DeploymentStep.KeepWaiting>();
        var rollBack = Plan(DeploymentState.Verifying, Seen(new ReadinessFinding.NotYet("it answered 503")), Past).ShouldBeOfType<DeploymentStep.RollBack>();
        rollBack.ReasonCode.ShouldBe(DeploymentReason.HealthDeadline);
        rollBack.Sentence.ShouldContain("it answered 503");
    }

    [Theory]
    [InlineData(1, 30, false)]
    [InlineData(29, 30, false)]
    [InlineData(30, 30, true)]
    [InlineData(1, 0, true)]
    public void The_start_period_of_the_images_own_check_comes_before_the_deadline(int secondsLate, int startPeriod, bool isLate)
    {
        var observed = Seen(new ReadinessFinding.NotYet("it starts")) with { StartPeriod = TimeSpan.FromSeconds(startPeriod) };
        (Plan(DeploymentState.Verifying, observed, Given.Now.AddSeconds(-secondsLate)) is DeploymentStep.RollBack).ShouldBe(isLate);
    }

    [Fact]
    public void Who_gives_a_candidate_up_knows_what_it_answered_last()
    {
        var broken = new ReadinessFinding.Broken(DeploymentReason.ContainerExited, "It ended.");
        var observed = new Observation { Candidate = CandidateStatus.Ended, Probation = new Probation(0, Given.Now, broken, "/health answered 500") };
        Plan(DeploymentState.Verifying, observed, Soon).ShouldBeOfType<DeploymentStep.RollBack>().LastProbe.ShouldBe("/health answered 500");
    }

    [Fact]
    public void A_broken_candidate_is_given_up_at_once_with_its_own_reason() =>
        Plan(DeploymentState.Verifying, Seen(new ReadinessFinding.Broken(DeploymentReason.Unhealthy, "It said no.")), Soon)
            .ShouldBe(new DeploymentStep.RollBack(DeploymentReason.Unhealthy, "It said no."));

    [Fact]
    public void A_switch_that_is_recorded_is_completed()
    {
        Plan(DeploymentState.Switching, new Observation { IsSwitchRecorded = true, Candidate = CandidateStatus.Absent }).ShouldBeOfType<DeploymentStep.SwitchTraffic>();
        Plan(DeploymentState.Switching, new Observation { IsSwitchRecorded = true, IsSwitched = true }, Past).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Draining);
    }

    [Fact]
    public void The_old_version_is_kept_warm_until_the_watch_is_over()
    {
        var observed = new Observation { IsSwitchRecorded = true, IsSwitched = true, Candidate = CandidateStatus.Running };
        Plan(DeploymentState.Switching, observed, Soon).ShouldBeOfType<DeploymentStep.KeepWaiting>();
        Plan(DeploymentState.Switching, observed, Past).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Draining);
    }

    [Fact]
    public void A_version_that_falls_over_while_it_is_watched_gives_the_traffic_back()
    {
        var observed = new Observation { IsSwitchRecorded = true, IsSwitched = true, FellOver = "It ended." };
        Plan(DeploymentState.Switching, observed, Soon).ShouldBe(new DeploymentStep.ReturnTraffic(DeploymentReason.FellOver, "It ended."));
        Plan(DeploymentState.Switching, observed with { WasInterrupted = true }, Soon).ShouldNotBeOfType<DeploymentStep.ReturnTraffic>();
    }

    [Theory]
    [InlineData(nameof(DeploymentState.Queued))]
    [InlineData(nameof(DeploymentState.Pulling))]
    [InlineData(nameof(DeploymentState.Starting))]
    [InlineData(nameof(DeploymentState.Verifying))]
    [InlineData(nameof(DeploymentState.Switching))]
    public void A_person_can_stop_it_until_the_watch_is_over(string state)
    {
        var stopped = Given.Deployment(Enum.Parse<DeploymentState>(state)) with { CancelRequestedBy = "ada" };
        DeploymentPlanner.Plan(stopped, new Observation(), Given.Now).ShouldBe(new DeploymentStep.RollBack(DeploymentReason.Cancelled, "ada stopped it."));
        DeploymentPlanner.Plan(stopped, new Observation { IsSwitchRecorded = true }, Given.Now).ShouldBe(new DeploymentStep.ReturnTraffic(DeploymentReason.Cancelled, "ada stopped it."));
    }

    [Theory]
    [InlineData(nameof(DeploymentState.Draining))]
    [InlineData(nameof(DeploymentState.Retiring))]
    public void Afterwards_it_is_too_late_to_stop_it(string state)
    {
        var stopped = Given.Deployment(Enum.Parse<DeploymentState>(state), Soon) with { CancelRequestedBy = "ada" };
        DeploymentPlanner.Plan(stopped, new Observation(), Given.Now).ShouldNotBeOfType<DeploymentStep.RollBack>();
    }

    [Fact]
    public void Nothing_holds_a_stage_for_longer_than_a_deployment_may_take()
    {
        var slow = Given.Deployment(DeploymentState.Verifying, Soon) with { Deadline = Past };
        DeploymentPlanner.Plan(slow, Seen(new ReadinessFinding.NotYet("it sleeps")), Given.Now).ShouldBeOfType<DeploymentStep.RollBack>().ReasonCode.ShouldBe(DeploymentReason.DeploymentDeadline);
    }

    [Theory]
    [InlineData(nameof(CandidateStatus.Ended))]
    [InlineData(nameof(CandidateStatus.Created))]
    [InlineData(nameof(CandidateStatus.Absent))]
    public void Traffic_is_not_moved_to_a_candidate_that_stopped_after_its_proof(string candidate) =>
        Plan(DeploymentState.Switching, new Observation { Candidate = Enum.Parse<CandidateStatus>(candidate) })
            .ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Verifying);

    [Fact]
    public void Nothing_is_retired_before_it_was_drained_or_the_drain_time_is_over()
    {
        var observed = new Observation { Retiring = ["old"] };
        Plan(DeploymentState.Draining, observed, Soon).ShouldBe(new DeploymentStep.DrainRetiring(Soon));
        Plan(DeploymentState.Draining, observed with { IsDrained = true }, Soon).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Retiring);
        Plan(DeploymentState.Draining, observed, Past).ShouldBe(new DeploymentStep.DrainRetiring(Past), "cutting off is the drain's work too");
        Plan(DeploymentState.Draining, observed, Past - TimeSpan.FromMinutes(1)).ShouldBeOfType<DeploymentStep.MoveTo>().State.ShouldBe(DeploymentState.Retiring);
    }

    [Fact]
    public void It_has_succeeded_when_nothing_is_left_to_retire()
    {
        Plan(DeploymentState.Retiring, new Observation { Retiring = ["old", "older"] }, Soon).ShouldBe(new DeploymentStep.RemoveInstance("old"));
        Plan(DeploymentState.Retiring, new Observation(), Soon).ShouldBeOfType<DeploymentStep.Finish>().State.ShouldBe(DeploymentState.Succeeded);
    }

    [Fact]
    public void An_old_container_that_will_not_go_does_not_hold_the_stage_for_ever() =>
        Plan(DeploymentState.Retiring, new Observation { Retiring = ["old"] }, Past).ShouldBeOfType<DeploymentStep.Finish>().ReasonCode.ShouldBe(DeploymentReason.LeftoversRemain);

    [Theory]
    [InlineData(DeploymentReason.Unhealthy, nameof(DeploymentState.RolledBack))]
    [InlineData(DeploymentReason.ContainerExited, nameof(DeploymentState.RolledBack))]
    [InlineData(DeploymentReason.HealthDeadline, nameof(DeploymentState.RolledBack))]
    [InlineData(DeploymentReason.StartFailed, nameof(DeploymentState.RolledBack))]
    [InlineData(DeploymentReason.FellOver, nameof(DeploymentState.RolledBack))]
    [InlineData(DeploymentReason.Cancelled, nameof(DeploymentState.Cancelled))]
    [InlineData(DeploymentReason.PullFailed, nameof(DeploymentState.Failed))]
    [InlineData(DeploymentReason.InternalError, nameof(DeploymentState.Failed))]
    public void A_rollback_removes_the_candidate_and_ends_as_its_reason_says(string reason, string end)
    {
        var deployment = Given.Deployment(DeploymentState.RollingBack) with { ReasonCode = reason, Reason = "Because." };
        DeploymentPlanner.Plan(deployment, new Observation { Candidate = CandidateStatus.Running }, Given.Now).ShouldBeOfType<DeploymentStep.RemoveCandidate>();
        DeploymentPlanner.Plan(deployment, new Observation(), Given.Now).ShouldBe(new DeploymentStep.Finish(Enum.Parse<DeploymentState>(end), reason, "Because."));
    }

    private static Observation Seen(ReadinessFinding readiness) => new() { Candidate = CandidateStatus.Running, Probation = Probation.Begun with { Standing = readiness } };

    private static DeploymentStep Plan(DeploymentState state, Observation observed, DateTimeOffset? deadline = null) =>
        DeploymentPlanner.Plan(Given.Deployment(state, deadline), observed, Given.Now);
}
