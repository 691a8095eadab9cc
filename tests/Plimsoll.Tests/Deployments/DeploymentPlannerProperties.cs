using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class DeploymentPlannerProperties
{
    private static readonly DeploymentState[] Unfinished = [.. Enum.GetValues<DeploymentState>().Where(state => !DeploymentTransitions.IsTerminal(state))];

    private static readonly Gen<Observation> Observations =
        from candidate in Gen.Elements(Enum.GetValues<CandidateStatus>())
        from readiness in Gen.Elements<ReadinessFinding>(
            new ReadinessFinding.Ready(), new ReadinessFinding.NotYet("it sleeps"), new ReadinessFinding.Broken(DeploymentReason.Unhealthy, "It is ill."))
        from image in Gen.Elements(true, false)
        from recorded in Gen.Elements(true, false)
        from switched in Gen.Elements(true, false)
        from drained in Gen.Elements(true, false)
        from fell in Gen.Elements<string?>(null, "It fell over.")
        from interrupted in Gen.Elements(true, false)
        from retiring in Gen.Elements<IReadOnlyList<string>>([], ["a"], ["a", "b"])
        select new Observation
        {
            Candidate = candidate, Probation = Probation.Begun with { Standing = readiness }, ImageIsHere = image, IsSwitchRecorded = recorded || switched, IsSwitched = switched,
            IsDrained = drained, FellOver = fell, WasInterrupted = interrupted, Retiring = retiring,
        };

    private static readonly Arbitrary<(Deployment Deployment, Observation Observed)> Cases =
        (from state in Gen.Elements(Unfinished)
         from late in Gen.Elements<DateTimeOffset?>(null, Given.Now.AddSeconds(-1), Given.Now.AddSeconds(1))
         from starts in Gen.Choose(0, 4)
         from cancelled in Gen.Elements<string?>(null, null, "ada")
         from observed in Observations
         select (Given.Deployment(state, late) with { Starts = starts, CancelRequestedBy = cancelled }, observed)).ToArbitrary();

    [Fact]
    public void There_is_always_a_next_step_and_it_is_always_an_allowed_one() => Check(input =>
        DeploymentPlanner.Plan(input.Deployment, input.Observed, Given.Now) switch
        {
            DeploymentStep.MoveTo move => DeploymentTransitions.Next(input.Deployment.State).Contains(move.State),
            DeploymentStep.RollBack or DeploymentStep.ReturnTraffic => DeploymentTransitions.Next(input.Deployment.State).Contains(DeploymentState.RollingBack),
            DeploymentStep.Finish finish => DeploymentTransitions.Next(input.Deployment.State).Contains(finish.State) && finish.Sentence.Length > 0,
            _ => true,
        });

    [Fact]
    public void Traffic_is_never_moved_to_a_candidate_that_has_not_been_found_ready() => Check(input =>
        DeploymentPlanner.Plan(input.Deployment, input.Observed, Given.Now) is not DeploymentStep.MoveTo { State: DeploymentState.Switching }
        || (input.Observed.Probation.Standing is ReadinessFinding.Ready && input.Deployment.State == DeploymentState.Verifying));

    [Fact]
    public void Nothing_that_serves_is_removed_before_the_router_serves_the_candidate() => Check(input =>
        DeploymentPlanner.Plan(input.Deployment, input.Observed, Given.Now) is not (DeploymentStep.RemoveInstance or DeploymentStep.DrainRetiring)
        || input.Deployment.State is DeploymentState.Draining or DeploymentState.Retiring);

    [Fact]
    public void A_recorded_switch_is_never_rolled_back_without_giving_the_traffic_back_first() => Check(input =>
        input.Deployment.State != DeploymentState.Switching
        || !input.Observed.IsSwitchRecorded
        || DeploymentPlanner.Plan(input.Deployment, input.Observed, Given.Now) is not DeploymentStep.RollBack);

    private static void Check(Func<(Deployment Deployment, Observation Observed), bool> holds) => Prop.ForAll(Cases, holds).QuickCheckThrowOnFailure();
}
