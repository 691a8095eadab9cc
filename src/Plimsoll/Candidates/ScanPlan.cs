using Plimsoll.Apps;

namespace Plimsoll.Candidates;

/// <summary>What one scan has to ask about one repository. Pure.</summary>
/// <param name="Follow">Tags that are asked for a new digest at each scan: those named outright and those that are live.</param>
/// <param name="ListsTags">Whether a pattern with wildcards makes it necessary to list the tags.</param>
internal sealed record ScanPlan(string Repository, long? RegistryId, IReadOnlyList<Stage> Stages, IReadOnlySet<string> Follow, bool ListsTags)
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
                var watching = group.SelectMany(project => byProject[project.Id]).Where(stage => stage.PromoteFrom is null).ToList();
                var follow = watching.SelectMany(stage => Follows(stage, liveTags)).ToHashSet(StringComparer.Ordinal);
                return new ScanPlan(
                    group.Key,
                    group.Select(project => project.RegistryId).FirstOrDefault(id => id is not null),
                    watching,
                    follow,
                    watching.Any(stage => !new TagPattern(stage.TagPattern).IsExact));
            })
            .Where(plan => plan.Stages.Count > 0)];
    }

    public IEnumerable<Stage> StagesFor(string tag) => Stages.Where(stage => new TagPattern(stage.TagPattern).Matches(tag));

    private static IEnumerable<string> Follows(Stage stage, IReadOnlyDictionary<long, string> liveTags)
    {
        var pattern = new TagPattern(stage.TagPattern);
        if (pattern.IsExact)
        {
            yield return stage.TagPattern;
        }
        else if (liveTags.TryGetValue(stage.Id, out var live) && pattern.Matches(live))
        {
            yield return live;
        }
    }
}
