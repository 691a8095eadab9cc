using System.Reflection;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Deployments;

namespace Plimsoll.Tests.Docs;

public sealed class ReasonsPageTests
{
    private static readonly Page Reasons = Page.Read("docs/reasons.md");

    [Fact]
    public void Every_reason_for_a_decision_is_explained_and_none_that_does_not_exist()
    {
        var rows = Reasons.Rows("Code", "Verdict");
        rows.Select(row => Page.Code(row[0])).ShouldBe(Constants(typeof(ReasonCode)), ignoreOrder: true);
        rows.Select(row => row[1]).Distinct().ShouldBe(Enum.GetNames<Verdict>().Select(name => name.ToLowerInvariant()), ignoreOrder: true);
        rows.ShouldAllBe(row => row.Length == 4 && row[2].Length > 0 && row[3].Length > 0);
    }

    [Fact]
    public void Every_reason_of_a_deployments_end_is_explained_and_none_that_does_not_exist()
    {
        var rows = Reasons.Rows("Code", "State");
        rows.Select(row => Page.Code(row[0])).ShouldBe(Constants(typeof(DeploymentReason)), ignoreOrder: true);
        rows.ShouldAllBe(row => row.Length == 5 && row[3].Length > 0);
    }

    [Fact]
    public void The_page_says_truly_which_ends_are_the_images_fault_and_block_its_digest()
    {
        foreach (var row in Reasons.Rows("Code", "State"))
        {
            var code = Page.Code(row[0]);
            var isImageAtFault = DeploymentReason.ProvesImageBad(code);
            row[2].ShouldBe(isImageAtFault ? "yes" : "no", code);
            (DeploymentTransitions.Parse(Page.Code(row[1])) == DeploymentState.RolledBack).ShouldBe(isImageAtFault, code);
        }
    }

    [Fact]
    public void The_lists_of_all_codes_hold_every_code()
    {
        ReasonCode.All.ShouldBe(Constants(typeof(ReasonCode)), ignoreOrder: true);
        DeploymentReason.All.ShouldBe(Constants(typeof(DeploymentReason)), ignoreOrder: true);
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
