using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Docker;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>A person wants something of an instance. The answer waits until it is done; it is done also when nobody waits any more.</summary>
internal sealed class ManualInstance(
    ProjectStore projects, InstanceStore instances, InstanceWishes wishes, DeploymentObserver observer, DeploymentStore deployments, ProjectOverviews overviews, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public async Task<IResult> DoAsync(string projectId, string stage, string id, Wish wish, HttpContext context)
    {
        if (projects.Find(projectId) is not { } project)
        {
            return Answers.Refused(Refusal.NotFound($"There is no project '{projectId}'."));
        }

        // An engine that does not answer is told now, not after ten minutes.
        var container = await ContainerOfAsync(id, context.RequestAborted);
        var before = instances.Find(id);
        var asked = await wishes.AskAsync(project.Id, stage, id, wish, container is { State: { Running: true, Paused: false } }, context.User.Caller().ToString(), context.RequestAborted);
        if (asked.IsRefused(out var refusal))
        {
            return Answers.Refused(refusal);
        }

        using var timer = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, LongAnswer.End(context));
        var after = await wishes.WaitAsync(id, either.Token);
        if (after is null)
        {
            return wish == Wish.Removing
                ? Answers.Ok(await overviews.InstanceAsync(before ?? asked.Value!, context.User.Caller(), context.RequestAborted))
                : Answers.Refused(Refusal.Conflict($"{asked.Value!.Tag} went away meanwhile."));
        }

        return wish is Wish.Starting or Wish.Restarting && after is { Wish: Wish.Stopped, WishReason: { } why }
            ? Answers.Refused(Refusal.Conflict($"{after.Tag} was not started: {why}"))
            : Answers.Ok(
                await overviews.InstanceAsync(after, context.User.Caller(), context.RequestAborted),
                after.Wish is Wish.None or Wish.Stopped ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private async Task<ContainerDetails?> ContainerOfAsync(string id, CancellationToken cancellationToken) =>
        deployments.Find(id) is { } deployment ? await observer.FindCandidateAsync(deployment, cancellationToken) : null;
}
