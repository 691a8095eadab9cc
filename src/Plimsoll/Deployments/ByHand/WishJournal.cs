using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Deployments.ByHand;

/// <summary>What became of a wish, each as one transaction.</summary>
internal sealed class WishJournal(Store store, InstanceStore instances, EventLog events)
{
    public Task MoveAsync(Instance instance, Wish to, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => { instances.Move(scope, instance.Id, instance.Wish, to); }, cancellationToken);

    /// <summary>Says how it ended, unless the person wants something else by now.</summary>
    public Task EndAsync(DeploymentContext made, Instance instance, Wish to, string kind, string text, CancellationToken cancellationToken, string? reason = null) => store.WriteAsync(
        scope =>
        {
            if (instances.Move(scope, instance.Id, instance.Wish, to, reason))
            {
                events.Append(scope, kind, text, made.Project.Name, made.Stage.Name, instance.Id);
            }
        },
        cancellationToken);

    public Task SayAsync(DeploymentContext made, string kind, string text, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            events.Append(scope, kind, text, made.Project.Name, made.Stage.Name, made.Deployment.Id);
            scope.AfterCommit(instances.Changed.Notify);
        },
        cancellationToken);
}
