using System.Text.RegularExpressions;

namespace Plimsoll.Apps.Policies;

/// <summary>
/// What a container's labels say of its own updates: <c>watchdocker.skip</c>, <c>watchdocker.force</c> and <c>plimsoll.policy.*</c>. Pure.
/// Patterns are parted by blanks, windows and freezes by semicolons: <c>0 2 * * * for 2h in Europe/Berlin</c>.
/// </summary>
internal sealed partial record PolicyLabels
{
    public const string Prefix = "plimsoll.policy.";
    private const int LongestValue = 2_000;

    public Policy Policy { get; private init; } = Policy.Default;

    /// <summary>The label that asks to leave the container alone; null: none does.</summary>
    public string? SkippedBy { get; private init; }

    /// <summary>Whether it is updated although its image is pinned.</summary>
    public bool Force { get; private init; }

    /// <summary>Whether a person has to approve each update.</summary>
    public bool NeedsApproval { get; private init; }

    /// <summary>Whether one of the labels chose what is followed, so that a version is no pin.</summary>
    public bool FollowsVersions => Policy.Follow != Policy.FollowTag;

    /// <summary>Sentences by label; a container with a mistake in a label is left alone.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private init; } = new Dictionary<string, string>();

    public static PolicyLabels Read(IReadOnlyDictionary<string, string> labels)
    {
        var problems = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var policy = Policy.Default;
        string? skippedBy = null;
        var (force, approval) = (false, false);
        foreach (var (label, value) in labels.Where(label => IsOurs(label.Key)).OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            var text = value.Length <= LongestValue ? value.Trim() : "";
            if (value.Length > LongestValue)
            {
                problems[label] = $"It has more than {LongestValue} characters.";
            }

            switch (label)
            {
                case "watchdocker.skip" or Prefix + "skip":
                    skippedBy = Flag(label, text, problems) ? label : skippedBy;
                    break;
                case "watchdocker.force" or Prefix + "force":
                    force |= Flag(label, text, problems);
                    break;
                case Prefix + "approval":
                    approval = Flag(label, text, problems);
                    break;
                case Prefix + "follow":
                    policy = policy with { Follow = text };
                    break;
                case Prefix + "prereleases":
                    policy = policy with { Prereleases = Flag(label, text, problems) };
                    break;
                case Prefix + "include":
                    policy = policy with { Include = Words(text) };
                    break;
                case Prefix + "exclude":
                    policy = policy with { Exclude = Words(text) };
                    break;
                case Prefix + "minimum-age":
                    policy = policy with { MinimumAge = text };
                    break;
                case Prefix + "update-kind":
                    policy = policy with { UpdateKind = text };
                    break;
                case Prefix + "window":
                    policy = policy with { Windows = Frames(label, text, problems) };
                    break;
                case Prefix + "freeze":
                    policy = policy with { Freezes = Frames(label, text, problems) };
                    break;
                default:
                    problems[label] = "There is no such label; there are skip, force, approval, follow, prereleases, include, exclude, minimum-age, update-kind, window and freeze.";
                    break;
            }
        }

        foreach (var (field, problem) in PolicyRules.Of(policy).Problems)
        {
            problems.TryAdd(LabelOf(field), problem);
        }

        return new PolicyLabels { Policy = policy, SkippedBy = skippedBy, Force = force, NeedsApproval = approval, Problems = problems };
    }

    private static bool IsOurs(string label) => label is "watchdocker.skip" or "watchdocker.force" || label.StartsWith(Prefix, StringComparison.Ordinal);

    private static string LabelOf(string field) => Prefix + field.Split('.')[0] switch
    {
        "minimumAge" => "minimum-age",
        "updateKind" => "update-kind",
        "windows" => "window",
        "freezes" => "freeze",
        var name => name,
    };

    private static bool Flag(string label, string text, SortedDictionary<string, string> problems)
    {
        switch (text.ToLowerInvariant())
        {
            case "true" or "1" or "yes":
                return true;
            case "false" or "0" or "no":
                return false;
            default:
                problems[label] = "Write true or false.";
                return false;
        }
    }

    private static string[] Words(string text) => text.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static List<TimeFrame> Frames(string label, string text, SortedDictionary<string, string> problems)
    {
        var frames = new List<TimeFrame>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (FrameForm().Match(part) is { Success: true } match)
            {
                frames.Add(new TimeFrame(match.Groups["cron"].Value.Trim(), match.Groups["length"].Value, match.Groups["zone"] is { Success: true } zone ? zone.Value : null));
            }
            else
            {
                problems[label] = "Write when, how long and where: 0 2 * * * for 2h in Europe/Berlin.";
            }
        }

        if (frames.Count == 0)
        {
            problems.TryAdd(label, "Write when, how long and where: 0 2 * * * for 2h in Europe/Berlin.");
        }

        return frames;
    }

    [GeneratedRegex(@"^(?<cron>[^;]+?)\s+for\s+(?<length>\S+)(?:\s+in\s+(?<zone>\S+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FrameForm();
}
