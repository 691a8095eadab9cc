using System.Collections.Concurrent;
using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>One look at all registries: one HEAD for each distinct image, however many stages follow it, and one list of tags for each repository that needs it.</summary>
internal sealed partial class RegistryScan(
    ProjectStore projects,
    StageStore stages,
    ILiveTags liveTags,
    RegistryDesk registry,
    SeenTags seenTags,
    ICandidateJudge judge,
    ILogger<RegistryScan> log)
{
    private const int SideBySide = 4;

    // The last trouble with each image: it is put on record when it begins or changes, not at every scan.
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var plans = ScanPlan.Make(projects.List(), stages.All(), liveTags.LiveTags());
        await Parallel.ForEachAsync(
            plans,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (plan, token) => await ScanAsync(plan, token));
    }

    private async Task ScanAsync(ScanPlan plan, CancellationToken cancellationToken)
    {
        var repository = ImageReference.Parse(plan.Repository);
        var tags = plan.Follow.ToList();
        var isNew = new HashSet<string>(StringComparer.Ordinal);
        if (plan.ListsTags)
        {
            isNew = [.. await FindNewTagsAsync(plan, repository, cancellationToken)];
            tags.AddRange(isNew.Where(tag => !plan.Follow.Contains(tag)).Order(TagOrder.OldestFirst));
        }

        foreach (var tag in tags)
        {
            await LookAtTagAsync(plan, repository.WithTag(tag), isNew.Contains(tag), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> FindNewTagsAsync(ScanPlan plan, ImageReference repository, CancellationToken cancellationToken)
    {
        var tags = new List<string>();
        try
        {
            await foreach (var tag in registry.ListTagsAsync(repository, plan.RegistryId, cancellationToken))
            {
                tags.Add(tag);
            }

            _troubles.TryRemove(repository.Name, out _);
        }
        catch (RegistryException problem)
        {
            await RecordTroubleAsync(repository, problem, cancellationToken);
            return [];
        }

        var (unknown, isFirstLook) = await seenTags.RememberAsync(plan.Repository, tags, cancellationToken);
        var wanted = unknown.Where(tag => plan.StagesFor(tag).Any()).ToList();
        if (!isFirstLook)
        {
            return wanted;
        }

        if (wanted.Count > 0)
        {
            // Which of many old tags a person wants is not ours to guess.
            await judge.RecordRefusalAsync(
                new RefusedSighting(
                    plan.Repository, wanted[^1], CandidateTrigger.Poll, Verdict.Skip, "there-before-watching",
                    $"{wanted.Count} matching tag(s) were there before Plimsoll began to watch. Deploy one by hand, or push a new one.", null),
                cancellationToken);
        }

        return [];
    }

    private async Task LookAtTagAsync(ScanPlan plan, ImageReference reference, bool isNew, CancellationToken cancellationToken)
    {
        try
        {
            var digest = await registry.ResolveAsync(reference, plan.RegistryId, cancellationToken);
            _troubles.TryRemove(reference.ToString(), out _);
            foreach (var stage in plan.StagesFor(reference.Tag!))
            {
                await judge.JudgeAsync(
                    new Candidate
                    {
                        Artifact = new Artifact(reference.Name, reference.Tag!, digest),
                        Trigger = CandidateTrigger.Poll,
                        RequestedBy = "poll",
                        StageId = stage.Id,
                    },
                    cancellationToken);
            }
        }
        catch (RegistryException problem)
        {
            if (isNew && problem.IsTransient)
            {
                await seenTags.ForgetAsync(plan.Repository, reference.Tag!, cancellationToken);
            }

            await RecordTroubleAsync(reference, problem, cancellationToken);
        }
    }

    private async Task RecordTroubleAsync(ImageReference reference, RegistryException problem, CancellationToken cancellationToken)
    {
        var key = reference.ToString();
        if (_troubles.TryGetValue(key, out var last) && last == problem.Message)
        {
            return;
        }

        _troubles[key] = problem.Message;
        LogTrouble(log, key, problem.Message);
        await judge.RecordRefusalAsync(RegistryRefusals.From(problem, reference, CandidateTrigger.Poll, null), cancellationToken);
    }

    [LoggerMessage(310, LogLevel.Warning, "The poll could not look at {Image}: {Problem}")]
    private static partial void LogTrouble(ILogger log, string image, string problem);
}
