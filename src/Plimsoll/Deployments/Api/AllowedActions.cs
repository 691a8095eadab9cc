using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Deployments.ByHand;

namespace Plimsoll.Deployments.Api;

/// <summary>
/// What a caller may do now, so that a client shows what leads somewhere and nothing else. Pure. It says how things stand at the
/// answer; whoever asks for it later is judged by how they stand then.
/// </summary>
internal static class AllowedActions
{
    /// <param name="isBusy">Whether a deployment is queued or under way.</param>
    public static IReadOnlyList<string> OnProject(Role role, bool deleting, bool isBusy) => Of(
        role,
        ("change", !deleting),
        ("delete", !deleting && !isBusy));

    /// <param name="hasPromotion">Whether something is live in the stage it is promoted from that is not live here.</param>
    /// <param name="isSource">Whether another stage is promoted from it.</param>
    public static IReadOnlyList<string> OnStage(Role role, Stage stage, bool isBusy, bool hasPromotion, bool isSource) => Of(
        role,
        ("deploy", !stage.Deleting),
        ("promote", !stage.Deleting && hasPromotion),
        ("pause", !stage.Deleting && stage.Traffic != StageTraffic.Paused),
        ("resume", !stage.Deleting && stage.Traffic != StageTraffic.Open),
        ("maintenance", !stage.Deleting && stage.Traffic != StageTraffic.Maintenance),
        ("change", !stage.Deleting),
        ("delete", !stage.Deleting && !isBusy && !isSource));

    /// <param name="state">What the engine says of the container: <c>running</c>, <c>exited</c>…; null: there is none, or it cannot be asked.</param>
    public static IReadOnlyList<string> OnInstance(Role role, Instance instance, string? state, bool isBusy)
    {
        var isFree = !isBusy && (instance.Standing is Standing.Live or Standing.Kept) && instance.Wish != Wish.Removing;
        var isUp = state is "running" or "restarting" or "paused";
        return Of(
            role,
            ("stop", isFree && isUp && instance.Wish is not (Wish.Stopping or Wish.Stopped)),
            ("start", isFree && state is not null && (!isUp || instance.Wish is Wish.Stopped or Wish.Stopping)),
            ("restart", isFree && state is not null && instance.Wish != Wish.Restarting),
            ("remove", isFree));
    }

    /// <param name="isLive">Whether what it made is what is live.</param>
    public static IReadOnlyList<string> OnDeployment(Role role, Deployment deployment, bool isLive) => Of(
        role,
        ("cancel", DeploymentTransitions.Next(deployment.State).Contains(DeploymentState.RollingBack) && deployment.CancelRequestedBy is null),
        ("rollback", deployment.State == DeploymentState.Succeeded && !isLive));

    /// <summary>Everything here is for operators.</summary>
    private static string[] Of(Role role, params ReadOnlySpan<(string Name, bool IsPossible)> actions)
    {
        var allowed = new List<string>(actions.Length);
        foreach (var (name, isPossible) in actions)
        {
            if (isPossible && role >= Role.Operator)
            {
                allowed.Add(name);
            }
        }

        return [.. allowed];
    }
}
