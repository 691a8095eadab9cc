namespace Plimsoll.Apps.Policies;

/// <summary>Which of the engine's containers are updated at all, whoever started them. Part of the settings.</summary>
internal sealed record ContainerPolicy
{
    public const int MostEntries = 50;
    private const int LongestLabel = 300;

    public static readonly ContainerPolicy Default = new();

    /// <summary>A container that has one of these labels, as <c>name</c> or <c>name=value</c>, is left alone.</summary>
    public IReadOnlyList<string> SkipLabels { get; init; } = ["watchdocker.skip=true"];

    /// <summary>Only containers that have one of these are looked at; none: all are.</summary>
    public IReadOnlyList<string> OnlyLabels { get; init; } = [];

    /// <summary>Containers that have one of these are not looked at.</summary>
    public IReadOnlyList<string> ExcludeLabels { get; init; } = [];

    /// <summary>Whether images that were built on this engine and never pushed are left alone.</summary>
    public bool SkipLocalBuild { get; init; } = true;

    /// <summary>Whether containers whose image is named by its digest are left alone.</summary>
    public bool SkipPinnedDigest { get; init; } = true;

    /// <summary>Whether containers whose tag is a whole version, such as 1.2.3, are left alone.</summary>
    public bool SkipSemverPinned { get; init; } = true;

    /// <summary>Tags that move, and are never taken for a pin; globs.</summary>
    public IReadOnlyList<string> FloatingTags { get; init; } = ["latest", "main", "stable"];

    /// <summary>Whether containers of a compose project are updated; else they are only told of.</summary>
    public bool AllowComposeUpdate { get; init; }

    public bool Equals(ContainerPolicy? other) =>
        other is not null && SkipLabels.SequenceEqual(other.SkipLabels) && OnlyLabels.SequenceEqual(other.OnlyLabels) && ExcludeLabels.SequenceEqual(other.ExcludeLabels)
        && FloatingTags.SequenceEqual(other.FloatingTags)
        && (SkipLocalBuild, SkipPinnedDigest, SkipSemverPinned, AllowComposeUpdate) == (other.SkipLocalBuild, other.SkipPinnedDigest, other.SkipSemverPinned, other.AllowComposeUpdate);

    public override int GetHashCode() => HashCode.Combine(SkipLabels.Count, OnlyLabels.Count, ExcludeLabels.Count, FloatingTags.Count, SkipLocalBuild, SkipPinnedDigest, SkipSemverPinned, AllowComposeUpdate);

    /// <summary>Mistakes by field: <c>skipLabels</c>, <c>floatingTags</c>.</summary>
    public Dictionary<string, string> Problems()
    {
        var problems = new Dictionary<string, string>();
        foreach (var (field, labels) in new[] { ("skipLabels", SkipLabels), ("onlyLabels", OnlyLabels), ("excludeLabels", ExcludeLabels) })
        {
            if (labels.Count > MostEntries)
            {
                problems[field] = $"At most {MostEntries} labels.";
            }
            else if (labels.FirstOrDefault(label => label is null or "" or ['=', ..] || label.Length > LongestLabel || label.Any(char.IsControl)) is not null || labels.Contains(null!))
            {
                problems[field] = $"Write labels as name or name=value, each with at most {LongestLabel} characters.";
            }
        }

        if (FloatingTags.Count > MostEntries)
        {
            problems["floatingTags"] = $"At most {MostEntries} tags.";
        }
        else if (FloatingTags.Select(TagPattern.Problem).FirstOrDefault(problem => problem is not null) is { } problem)
        {
            problems["floatingTags"] = problem;
        }

        return problems;
    }
}
