using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Api;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments.Api;

/// <summary>Who may do what, and when it leads somewhere: one line a case.</summary>
public sealed class AllowedActionsTests
{
    [Theory]
    [InlineData("operator", false, false, "change delete")]
    [InlineData("admin", false, false, "change delete")]
    [InlineData("viewer", false, false, "")]
    [InlineData("operator", false, true, "change")]
    [InlineData("operator", true, false, "")]
    public void On_a_project(string role, bool deleting, bool isBusy, string expected) =>
        Told(AllowedActions.OnProject(RoleOf(role), deleting, isBusy)).ShouldBe(expected);

    [Theory]
    [InlineData("operator", "Open", false, false, false, "deploy pause maintenance change delete")]
    [InlineData("viewer", "Open", false, true, false, "")]
    [InlineData("operator", "Paused", false, false, false, "deploy resume maintenance change delete")]
    [InlineData("operator", "Maintenance", false, false, false, "deploy pause resume change delete")]
    [InlineData("operator", "Open", true, false, false, "deploy pause maintenance change")]
    [InlineData("operator", "Open", false, true, false, "deploy promote pause maintenance change delete")]
    [InlineData("operator", "Open", false, false, true, "deploy pause maintenance change")]
    public void On_a_stage(string role, string traffic, bool isBusy, bool hasPromotion, bool isSource, string expected) =>
        Told(AllowedActions.OnStage(RoleOf(role), Given.Stage with { Traffic = Enum.Parse<StageTraffic>(traffic) }, isBusy, hasPromotion, isSource)).ShouldBe(expected);

    [Fact]
    public void On_a_stage_that_is_being_deleted() =>
        AllowedActions.OnStage(Role.Admin, Given.Stage with { Deleting = true, Traffic = StageTraffic.Paused }, false, true, false).ShouldBeEmpty();

    [Theory]
    [InlineData("operator", "Live", "None", "running", false, "stop restart remove")]
    [InlineData("viewer", "Live", "None", "running", false, "")]
    [InlineData("operator", "Kept", "None", "running", false, "stop restart remove")]
    [InlineData("operator", "Live", "None", "exited", false, "start restart remove")]
    [InlineData("operator", "Live", "Stopped", "exited", false, "start restart remove")]
    [InlineData("operator", "Live", "Stopping", "running", false, "start restart remove")]
    [InlineData("operator", "Live", "Starting", "running", false, "stop restart remove")]
    [InlineData("operator", "Live", "Restarting", "running", false, "stop remove")]
    [InlineData("operator", "Live", "None", null, false, "remove")]
    [InlineData("operator", "Live", "None", "running", true, "")]
    [InlineData("operator", "Candidate", "None", "running", false, "")]
    [InlineData("operator", "Retiring", "Removing", "running", false, "")]
    public void On_an_instance(string role, string standing, string wish, string? state, bool isBusy, string expected)
    {
        var instance = Given.Instance("one", "v1", Enum.Parse<Standing>(standing), 1) with { Wish = Enum.Parse<Wish>(wish) };
        Told(AllowedActions.OnInstance(RoleOf(role), instance, state, isBusy)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("operator", "Queued", false, "cancel")]
    [InlineData("viewer", "Queued", false, "")]
    [InlineData("operator", "Verifying", false, "cancel")]
    [InlineData("operator", "Draining", false, "")]
    [InlineData("operator", "Succeeded", false, "rollback")]
    [InlineData("operator", "Succeeded", true, "")]
    [InlineData("operator", "RolledBack", false, "")]
    [InlineData("operator", "Cancelled", false, "")]
    public void On_a_deployment(string role, string state, bool isLive, string expected) =>
        Told(AllowedActions.OnDeployment(RoleOf(role), Given.Deployment(Enum.Parse<DeploymentState>(state)), isLive)).ShouldBe(expected);

    [Fact]
    public void A_deployment_that_is_being_cancelled_is_not_cancelled_twice() =>
        AllowedActions.OnDeployment(Role.Operator, Given.Deployment(DeploymentState.Pulling) with { CancelRequestedBy = "ann" }, false).ShouldBeEmpty();

    private static Role RoleOf(string name) => Enum.Parse<Role>(name, ignoreCase: true);

    private static string Told(IReadOnlyList<string> actions) => string.Join(' ', actions);
}
