using Plimsoll.Apps;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.ByHand;

/// <summary>Puts on record what a person wants of one instance, wakes the loop that does it, and waits until it is done.</summary>
internal sealed class InstanceWishes(
    Store store, ProjectStore projects, InstanceStore instances, DeploymentLoop loop, ITrafficSwitch traffic, EventLog events)
{
    /// <param name="isRunning">Whether the engine says that the container runs.</param>
    /// <returns>The instance as it is now. What runs already and is asked to start is left alone.</returns>
    public async Task<Outcome<Instance>> AskAsync(
        long projectId, string stage, string id, Wish wish, bool isRunning, string who, CancellationToken cancellationToken) => await store.WriteAsync<Outcome<Instance>>(
        scope =>
        {
            if (projects.Find(scope, projectId) is not { } project || StageStore.FindIn(scope, projectId, stage) is not { } place)
            {
                return Refusal.NotFound($"The project has no stage '{stage}'.");
            }

            if (InstanceStore.OfStage(scope, place.Id).FirstOrDefault(instance => instance.Id == id) is not { } stored)
            {
                return Refusal.NotFound($"{project.Name}/{place.Name} has no instance '{id}'.");
            }

            if (WhyNot(scope, project, place, stored, wish) is { } refusal)
            {
                return refusal;
            }

            var isSo = stored.Wish == wish || (wish == Wish.Stopping && stored.Wish == Wish.Stopped)
                || (wish == Wish.Starting && stored.Wish == Wish.Restarting) || (wish == Wish.Starting && stored.Wish == Wish.None && isRunning);
            if (isSo)
            {
                return stored;
            }

            instances.Move(scope, id, stored.Wish, wish);
            if (wish == Wish.Removing)
            {
                traffic.Withdraw(scope, [id]);
            }

            var (action, verb) = Words(wish);
            events.Append(scope, $"instance-{wish.ToString().ToLowerInvariant()}", $"{who} {verb} {stored.Tag} on {project.Name}/{place.Name}.", project.Name, place.Name, id);
            scope.Record(new Change(action, $"instance {id} ({stored.Tag}) of {project.Name}/{place.Name}") { Project = project.Name });
            scope.AfterCommit(() => loop.LookAt(place.Id));
            return InstanceStore.OfStage(scope, place.Id).First(instance => instance.Id == id);
        },
        cancellationToken);

    /// <summary>Waits until nothing is to be done on the instance any more, or the time is over.</summary>
    /// <returns>Null: it is gone.</returns>
    public async Task<Instance?> WaitAsync(string id, CancellationToken timeIsOver)
    {
        while (true)
        {
            var next = instances.Changed.Next;
            if (instances.Find(id) is not { } instance)
            {
                return null;
            }

            if (instance.Wish is Wish.None or Wish.Stopped || timeIsOver.IsCancellationRequested)
            {
                return instance;
            }

            await next.WaitAsync(timeIsOver).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Refusal? WhyNot(WriteScope scope, Project project, Stage stage, Instance instance, Wish wish)
    {
        if (instance.Wish == Wish.Removing)
        {
            return wish == Wish.Removing ? null : Refusal.Conflict($"{instance.Tag} on {project.Name}/{stage.Name} is being removed.");
        }

        return DeploymentStore.UnfinishedOf(scope, stage.Id) is [.., var busy]
            ? Refusal.Conflict($"Deployment {busy.Id} ({busy.Artifact.Tag}) is {DeploymentTransitions.Name(busy.State)} on {project.Name}/{stage.Name}. Wait for its end, or cancel it.")
            : instance.Standing is Standing.Live or Standing.Kept ? null
            : Refusal.Conflict($"{instance.Tag} on {project.Name}/{stage.Name} is {instance.Standing.ToString().ToLowerInvariant()}: it comes or goes by itself.");
    }

    private static (string Action, string Verb) Words(Wish wish) => wish switch
    {
        Wish.Stopping => ("instance-stop", "stops"),
        Wish.Starting => ("instance-start", "starts"),
        Wish.Restarting => ("instance-restart", "restarts"),
        Wish.Removing => ("instance-remove", "removes"),
        _ => throw new ArgumentOutOfRangeException(nameof(wish), wish, "Nobody can ask for that."),
    };
}
