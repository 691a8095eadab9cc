using Plimsoll.Apps;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Edge;

/// <summary>
/// Pauses stages, puts them in maintenance and opens them again. First the record is changed, then the gates are made to agree with it,
/// also when there was nothing to change: asking twice is asking once.
/// </summary>
internal sealed class TrafficKeeper(Store store, StageStore stages, SettingsStore settings, StageGates gates, EventLog events, TimeProvider time)
{
    private readonly Lock _applying = new();

    /// <summary>A stage that is paused already is paused for so long from now on.</summary>
    /// <param name="seconds">How long requests may wait; null: as the settings say.</param>
    public Task<Outcome<Stage>> PauseAsync(Project project, string stage, int? seconds, string by, CancellationToken cancellationToken) =>
        ChangeAsync(
            project,
            stage,
            seconds is { } asked ? Validation.OfPause(asked) : [],
            (scope, stored) =>
            {
                var wait = seconds ?? settings.Read(scope).PauseSeconds;
                var sentence = stored.Traffic == StageTraffic.Paused
                    ? $"{by} prolonged the pause of stage {stored.Name} of {project.Name}: requests wait up to {wait} seconds more."
                    : $"{by} paused stage {stored.Name} of {project.Name}: requests wait up to {wait} seconds.";
                return new Change(
                    stored with { Traffic = StageTraffic.Paused, TrafficUntil = time.GetUtcNow().AddSeconds(wait), MaintenanceMessage = null }, "stage-paused", sentence);
            },
            cancellationToken);

    public Task<Outcome<Stage>> ResumeAsync(Project project, string stage, string by, CancellationToken cancellationToken) =>
        ChangeAsync(
            project,
            stage,
            [],
            (_, stored) => new Change(
                stored with { Traffic = StageTraffic.Open, TrafficUntil = null, MaintenanceMessage = null },
                "stage-resumed",
                $"{by} opened stage {stored.Name} of {project.Name} again."),
            cancellationToken);

    /// <param name="message">What visitors are told beside "under maintenance"; null or empty: nothing.</param>
    public Task<Outcome<Stage>> MaintainAsync(Project project, string stage, string? message, string by, CancellationToken cancellationToken)
    {
        var told = string.IsNullOrWhiteSpace(message) ? null : message.Trim();
        return ChangeAsync(
            project,
            stage,
            Validation.OfMaintenance(told),
            (_, stored) => new Change(
                stored with { Traffic = StageTraffic.Maintenance, TrafficUntil = null, MaintenanceMessage = told },
                "stage-maintenance",
                $"{by} put stage {stored.Name} of {project.Name} in maintenance."),
            cancellationToken);
    }

    /// <summary>Requests that wait at the stage now.</summary>
    public int Waiting(long stageId) => gates.Find(stageId)?.Waiting ?? 0;

    /// <summary>Makes the gates agree with the record. The lock lets the one who reads last apply last.</summary>
    public void Apply()
    {
        lock (_applying)
        {
            var held = stages.All()
                .Where(stage => stage.Traffic != StageTraffic.Open)
                .Select(stage => new HeldStage(stage.Id, stage.Traffic, stage.TrafficUntil, stage.MaintenanceMessage))
                .ToList();
            gates.Apply(held, settings.Read().PauseQueue);
        }
    }

    private async Task<Outcome<Stage>> ChangeAsync(
        Project project, string stage, Dictionary<string, string> errors, Func<WriteScope, Stage, Change> change, CancellationToken cancellationToken)
    {
        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        var changed = await store.WriteAsync<Outcome<Stage>>(
            scope =>
            {
                if (StageStore.FindIn(scope, project.Id, stage) is not { } stored)
                {
                    return Refusal.NotFound($"The project has no stage '{stage}'.");
                }

                var (wanted, kind, sentence) = change(scope, stored);
                if (wanted != stored)
                {
                    stages.SetTraffic(scope, wanted);
                    scope.Record(new Plumbing.Database.Change(kind, $"stage {stored.Name} of {project.Name}") { Before = stored, After = wanted, Project = project.Name });
                    events.Append(scope, kind, sentence, project.Name, stored.Name);
                }

                return wanted;
            },
            cancellationToken);
        Apply();
        return changed;
    }

    private sealed record Change(Stage Wanted, string Kind, string Sentence);
}
