using Plimsoll.Apps;
using Plimsoll.Apps.Policies;

namespace Plimsoll.Candidates;

/// <summary>What one scan has to ask about one repository. Pure.</summary>
/// <param name="Follow">Tags that are asked for a new digest at each scan: those named outright and those that are live.</param>
/// <param name="ListsTags">Whether a pattern with wildcards, or a stage that follows versions, makes it necessary to list the tags.</param>
internal sealed record ScanPlan(string Repository, long? RegistryId, IReadOnlyList<WatchedStage> Stages, IReadOnlySet<string> Follow, bool ListsTags)
{
    /// <summary>One plan for each repository, however many projects and stages use it.</summary>
    public static IReadOnlyList<ScanPlan> Make(IEnumerable<Project> projects, IEnumerable<Stage> stages, IReadOnlyDictionary<long, string> liveTags)
    {
        var byProject = stages.ToLookup(stage => stage.ProjectId);
        return [.. projects
            .GroupBy(project => project.Repository, StringComparer.Ordinal)
            .Select(group =>
            {
                // A stage that takes only what is live elsewhere has nothing to find in the registry.
                var watching = group.SelectMany(project => byProject[project.Id]).Where(stage => stage.PromoteFrom is null).Select(stage => new WatchedStage(stage)).ToList();
                var follow = watching.SelectMany(stage => Follows(stage, liveTags)).ToHashSet(StringComparer.Ordinal);
                return new ScanPlan(
                    group.Key,
                    group.Select(project => project.RegistryId).FirstOrDefault(id => id is not null),
                    watching,
                    follow,
                    watching.Exists(stage => stage.FollowsVersions || !stage.Pattern.IsExact));
            })
            .Where(plan => plan.Stages.Count > 0)];
    }

    /// <param name="newest">The newest version for each stage that follows versions; the others are judged about every tag they want.</param>
    public IEnumerable<Stage> StagesFor(string tag, IReadOnlyDictionary<long, string> newest) => Stages
        .Where(watched => watched.FollowsVersions ? newest.GetValueOrDefault(watched.Stage.Id) == tag : watched.Wants(tag))
        .Select(watched => watched.Stage);

    /// <summary>The newest version that each stage wants which follows versions, by the stage's id. Of equal ones that which says more.</summary>
    public IReadOnlyDictionary<long, string> Newest(IReadOnlyCollection<string> tags) => Stages
        .Where(watched => watched.FollowsVersions)
        .Select(watched => (watched.Stage.Id, Tag: tags
            .Select(tag => (Tag: tag, Version: watched.WantedVersion(tag)))
            .Where(found => found.Version is not null)
            .OrderByDescending(found => found.Version)
            .ThenByDescending(found => found.Version!.Parts)
            .ThenBy(found => found.Tag, StringComparer.Ordinal)
            .FirstOrDefault().Tag))
        .Where(found => found.Tag is not null)
        .ToDictionary(found => found.Id, found => found.Tag);

    private static IEnumerable<string> Follows(WatchedStage watched, IReadOnlyDictionary<long, string> liveTags)
    {
        if (watched.FollowsVersions)
        {
            yield break;
        }

        if (watched.Pattern.IsExact)
        {
            yield return watched.Pattern.Text;
        }
        else if (liveTags.TryGetValue(watched.Stage.Id, out var live) && watched.Wants(live))
        {
            yield return live;
        }
    }
}

/// <summary>A stage that takes images from the registry, with its policy ready to be asked about thousands of tags.</summary>
internal sealed class WatchedStage(Stage stage)
{
    private readonly PolicyRules _policy = PolicyRules.Of(stage.Policy);

    public Stage Stage => stage;

    public TagPattern Pattern { get; } = new(stage.TagPattern);

    public bool FollowsVersions => _policy.Range is not null;

    public bool Wants(string tag) => Pattern.Matches(tag) && _policy.Admits(tag);

    /// <returns>Null: it is not wanted, or names no version.</returns>
    public TagVersion? WantedVersion(string tag) => Pattern.Matches(tag) && _policy.Wanted(tag) is { } version && _policy.Admits(tag) ? version : null;
}
