using System.Collections.Concurrent;
using Plimsoll.Apps;
using Plimsoll.Candidates.Schedules;
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
    TimeProvider time,
    ILogger<RegistryScan> log)
{
    // How many may go to one registry at a time, and how fast, is the registry client's affair.
    private const int SideBySide = 32;

    // The last trouble with each image: it is put on record when it begins or changes, not at every scan.
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        // What a registry is about to say is not newer than a message that comes while it is asked.
        var startedAt = time.GetUtcNow();
        var tally = new ScanTally();
        var plans = ScanPlan.Make(projects.List(), stages.All(), liveTags.LiveTags());
        await Parallel.ForEachAsync(
            plans,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (plan, token) => await ScanAsync(plan, startedAt, tally, token));
        return tally.Report();
    }

    private async Task ScanAsync(ScanPlan plan, DateTimeOffset startedAt, ScanTally tally, CancellationToken cancellationToken)
    {
        var repository = ImageReference.Parse(plan.Repository);
        var tags = plan.Follow.ToList();
        var isNew = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyDictionary<long, string> newest = new Dictionary<long, string>();
        if (plan.ListsTags && await ListAsync(plan, repository, tally, cancellationToken) is { } matching)
        {
            newest = plan.Newest(matching);
            isNew = [.. await FindNewTagsAsync(plan, matching, cancellationToken)];
            tags.AddRange(isNew.Concat(newest.Values).Distinct().Where(tag => !plan.Follow.Contains(tag)).Order(TagOrder.OldestFirst));
        }

        foreach (var tag in tags)
        {
            var isSettled = await LookAtTagAsync(plan, repository.WithTag(tag), newest, startedAt, tally, cancellationToken);
            if (isSettled && isNew.Contains(tag))
            {
                await seenTags.RememberAsync(plan.Repository, [tag], [], cancellationToken);
            }
        }
    }

    /// <returns>The tags that match a pattern of any stage; null: the registry did not say.</returns>
    private async Task<List<string>?> ListAsync(ScanPlan plan, ImageReference repository, ScanTally tally, CancellationToken cancellationToken)
    {
        var patterns = plan.Stages.Select(stage => stage.Pattern).Distinct().ToList();
        var matching = new List<string>();
        try
        {
            await foreach (var tag in registry.ListTagsAsync(repository, plan.RegistryId, cancellationToken))
            {
                if (patterns.Exists(pattern => pattern.Matches(tag)))
                {
                    matching.Add(tag);
                }
            }

            _troubles.TryRemove(repository.Name, out _);
            return matching;
        }
        catch (RegistryException problem)
        {
            tally.Trouble(problem.Message);
            await RecordTroubleAsync(repository, problem, cancellationToken);
            return null;
        }
    }

    /// <summary>
    /// New tags that a stage wants. The others are remembered as well: whoever changes what is excluded, or goes over from versions to
    /// tags, must not find all that came meanwhile deployed one after the other.
    /// </summary>
    private async Task<IReadOnlyList<string>> FindNewTagsAsync(ScanPlan plan, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var watching = plan.Stages.Where(stage => !stage.Pattern.IsExact).ToList();
        var patterns = watching.Select(stage => stage.Pattern).Distinct().ToList();
        var matching = tags.Where(tag => patterns.Exists(pattern => pattern.Matches(tag))).ToList();
        var (unknown, firstLooks) = seenTags.FindNew(plan.Repository, matching, [.. patterns.Select(pattern => pattern.Text)]);
        var byTag = watching.Where(stage => !stage.FollowsVersions).ToList();
        var followed = byTag.Where(stage => !firstLooks.Contains(stage.Pattern.Text)).ToList();
        var isNew = unknown.ToLookup(tag => followed.Exists(stage => stage.Wants(tag)));
        await RecordFirstLookAsync(
            plan, [.. isNew[false]], isNew[false].Where(tag => byTag.Exists(stage => firstLooks.Contains(stage.Pattern.Text) && stage.Wants(tag))).ToList(), firstLooks, cancellationToken);
        return [.. isNew[true]];
    }

    /// <param name="settled">Tags that are not judged, and are known from now on.</param>
    /// <param name="thereBefore">Those of them that a stage would have wanted, had they come later.</param>
    private async Task RecordFirstLookAsync(
        ScanPlan plan, IReadOnlyList<string> settled, IReadOnlyList<string> thereBefore, IReadOnlySet<string> patterns, CancellationToken cancellationToken)
    {
        if (thereBefore.Count > 0)
        {
            // Which of many old tags a person wants is not ours to guess.
            await judge.RecordRefusalAsync(
                new RefusedSighting(
                    plan.Repository, thereBefore[^1], CandidateTrigger.Poll, Verdict.Skip, "there-before-watching",
                    $"{thereBefore.Count} matching tag(s) were there before Plimsoll began to watch. Deploy one by hand, or push a new one.", null),
                cancellationToken);
        }

        if (settled.Count > 0 || patterns.Count > 0)
        {
            await seenTags.RememberAsync(plan.Repository, settled, patterns, cancellationToken);
        }
    }

    /// <returns>False when the registry may answer otherwise at the next scan.</returns>
    private async Task<bool> LookAtTagAsync(
        ScanPlan plan, ImageReference reference, IReadOnlyDictionary<long, string> newest, DateTimeOffset startedAt, ScanTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var digest = await registry.ResolveAsync(reference, plan.RegistryId, Freshness.Poll, cancellationToken);
            _troubles.TryRemove(reference.ToString(), out _);
            var judgements = new List<Judgement>();
            foreach (var stage in plan.StagesFor(reference.Tag!, newest))
            {
                judgements.AddRange(await judge.JudgeAsync(
                    new Candidate
                    {
                        Artifact = new Artifact(reference.Name, reference.Tag!, digest),
                        Trigger = CandidateTrigger.Poll,
                        RequestedBy = "poll",
                        StageId = stage.Id,
                        AskedAt = startedAt,
                    },
                    cancellationToken));
            }

            tally.Looked(judgements.Exists(judgement => judgement.Verdict == Verdict.Deploy));

            return true;
        }
        catch (RegistryException problem)
        {
            tally.Trouble(problem.Message);
            await RecordTroubleAsync(reference, problem, cancellationToken);
            return !problem.IsTransient;
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
