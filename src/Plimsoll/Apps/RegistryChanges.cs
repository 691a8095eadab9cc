using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps;

/// <summary>Changes to registries, under the same rules as those of <see cref="AppsChanges"/>, whose signal they share.</summary>
internal sealed class RegistryChanges(Store store, RegistryStore registries, AppsChanges apps, EventLog events)
{
    public Task<Outcome<RegistryEntry>> AddAsync(RegistryEntry entry, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => Add(scope, entry), cancellationToken);

    public Outcome<RegistryEntry> Add(WriteScope scope, RegistryEntry entry)
    {
        if (ProblemWith(scope, entry) is { } problem)
        {
            return problem;
        }

        var added = entry with { Id = registries.Add(scope, entry) };
        scope.Record(new Change("registry-added", $"registry {entry.Name}") { After = added });
        events.Append(scope, "registry-added", $"Registry {entry.Name} was added.");
        scope.AfterCommit(apps.Changed.Notify);
        return added;
    }

    public Task<Outcome<RegistryEntry>> UpdateAsync(long id, Func<RegistryEntry, Outcome<RegistryEntry>> change, CancellationToken cancellationToken, EditCheck? check = null) =>
        store.WriteAsync<Outcome<RegistryEntry>>(
            scope =>
            {
                if (registries.Find(scope, id) is not { } stored)
                {
                    return Refusal.NotFound("The registry has been removed meanwhile.");
                }

                if (check?.Begin(scope) is { } stale)
                {
                    return stale;
                }

                var changed = change(stored);
                if (changed.IsRefused(out _))
                {
                    return changed;
                }

                var entry = changed.Value! with { Id = id };
                if ((ProblemWith(scope, entry) ?? Moved(scope, stored, entry)) is { } problem)
                {
                    return problem;
                }

                registries.Update(scope, entry);
                scope.Record(new Change("registry-changed", $"registry {entry.Name}") { Before = stored, After = entry });
                events.Append(scope, "registry-changed", $"Registry {entry.Name} was changed.");
                check?.End(scope);
                scope.AfterCommit(apps.Changed.Notify);
                return entry;
            },
            cancellationToken);

    public Task<Outcome<Nothing>> RemoveAsync(RegistryEntry entry, CancellationToken cancellationToken, EditCheck? check = null) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (check?.Begin(scope) is { } stale)
            {
                return stale;
            }

            var users = registries.UsedBy(scope, entry.Id);
            if (users.Count > 0)
            {
                return Refusal.Conflict($"Registry '{entry.Name}' is used by {string.Join(", ", users)}. Give them another registry first.");
            }

            registries.Remove(scope, entry.Id);
            scope.Record(new Change("registry-removed", $"registry {entry.Name}") { Before = entry });
            events.Append(scope, "registry-removed", $"Registry {entry.Name} was removed.");
            scope.AfterCommit(apps.Changed.Notify);
            return new Nothing();
        },
        cancellationToken);

    private Refusal? ProblemWith(WriteScope scope, RegistryEntry entry)
    {
        var errors = Validation.Of(entry);
        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        return registries.NameExists(scope, entry.Name, entry.Id) ? Refusal.Conflict($"There is already a registry '{entry.Name}'.") : null;
    }

    /// <summary>The images of the projects that name a registry stay where they are when its address changes.</summary>
    private Refusal? Moved(WriteScope scope, RegistryEntry stored, RegistryEntry entry)
    {
        if (entry.Host == stored.Host)
        {
            return null;
        }

        var users = registries.UsedBy(scope, entry.Id);
        return users.Count == 0
            ? null
            : Refusal.Conflict($"The images of {string.Join(", ", users)} are at {stored.Host}. Add {entry.Host} as another registry instead.");
    }
}
