using Plimsoll.Deployments;

namespace Plimsoll.Tests.Deployments;

public sealed class DeploymentTransitionsTests
{
    private static readonly DeploymentState[] All = Enum.GetValues<DeploymentState>();

    [Fact]
    public void Every_state_can_come_to_an_end()
    {
        foreach (var state in All)
        {
            CanEnd(state, []).ShouldBeTrue($"{state} has no way to an end");
        }
    }

    [Fact]
    public void Every_state_but_the_first_can_be_reached() =>
        All.Where(state => state != DeploymentState.Queued).ShouldAllBe(state => All.Any(from => DeploymentTransitions.Next(from).Contains(state)));

    [Fact]
    public void Nothing_is_rolled_back_once_the_router_serves_the_candidate()
    {
        DeploymentTransitions.Next(DeploymentState.Draining).ShouldNotContain(DeploymentState.RollingBack);
        DeploymentTransitions.Next(DeploymentState.Retiring).ShouldNotContain(DeploymentState.RollingBack);
    }

    [Fact]
    public void Names_are_read_back_as_they_were_written() => All.ShouldAllBe(state => DeploymentTransitions.Parse(DeploymentTransitions.Name(state)) == state);

    [Fact]
    public void A_name_that_nobody_knows_is_refused_not_guessed() => Should.Throw<FormatException>(() => DeploymentTransitions.Parse("nearly-done")).Message.ShouldContain("nearly-done");

    private static bool CanEnd(DeploymentState state, HashSet<DeploymentState> seen) =>
        DeploymentTransitions.IsTerminal(state) || (seen.Add(state) && DeploymentTransitions.Next(state).Any(next => CanEnd(next, seen)));
}
