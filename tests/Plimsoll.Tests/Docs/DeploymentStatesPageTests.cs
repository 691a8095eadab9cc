using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;

namespace Plimsoll.Tests.Docs;

public sealed class DeploymentStatesPageTests
{
    private static readonly Page States = Page.Read("docs/deployment-states.md");

    private static IEnumerable<(string From, string To)> Transitions =>
        from state in Enum.GetValues<DeploymentState>()
        from next in DeploymentTransitions.Next(state)
        select (DeploymentTransitions.Name(state), DeploymentTransitions.Name(next));

    [Fact]
    public void Every_state_is_explained_and_none_that_does_not_exist()
    {
        var rows = States.Rows("State", "Ends");
        rows.Select(row => Page.Code(row[0])).ShouldBe(Enum.GetValues<DeploymentState>().Select(DeploymentTransitions.Name), ignoreOrder: true);
        rows.ShouldAllBe(row => (row[1] == "yes") == DeploymentTransitions.IsTerminal(DeploymentTransitions.Parse(Page.Code(row[0]))));
        rows.ShouldAllBe(row => row[2].Length > 0);
        rows.Where(row => row[1] == "no").ShouldAllBe(row => row[4].Length > 0, "what happens after kill -9 is told for every state that does not end");
    }

    [Fact]
    public void Every_transition_is_explained_and_none_that_is_not_allowed() =>
        States.Rows("From", "To", "When").Select(row => (Page.Code(row[0]), Page.Code(row[1]))).ShouldBe(Transitions, ignoreOrder: true);

    [Fact]
    public void The_diagram_shows_the_same_transitions() =>
        States.Lines
            .Select(line => line.Trim().Replace('_', '-').Split(" --> "))
            .Where(ends => ends.Length == 2 && !ends.Contains("[*]"))
            .Select(ends => (ends[0], ends[1]))
            .ShouldBe(Transitions, ignoreOrder: true);

    [Fact]
    public void Every_readiness_condition_is_explained() =>
        States.Rows("Condition").Select(row => Page.Code(row[0])).ShouldBe(
            typeof(IReadinessCondition).Assembly.GetTypes()
                .Where(type => type.IsClass && type.IsAssignableTo(typeof(IReadinessCondition)))
                .Select(type => type.Name),
            ignoreOrder: true);
}
