using Plimsoll.Plumbing.Time;

namespace Plimsoll.Apps.Policies;

/// <summary>A window or a freeze that can be asked.</summary>
internal sealed record ReadFrame(RecurringFrame Frame, string? Reason, TimeFrame Written);

/// <summary>A <see cref="Policy"/> as it is applied. What could not be read is left out here and named in <see cref="Problems"/>. Pure.</summary>
internal sealed class PolicyRules
{
    public const int MostExpressions = 20;
    public const int MostFrames = 20;
    private const int LongestReason = 200;
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(365);
    private static readonly TimeSpan LongestFrame = TimeSpan.FromDays(366);

    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    private PolicyRules(Policy policy)
    {
        Policy = policy;
        Range = ReadFollow(policy.Follow);
        Include = ReadExpressions("include", policy.Include);
        Exclude = ReadExpressions("exclude", policy.Exclude);
        MinimumAge = ReadAge(policy.MinimumAge);
        Largest = ReadKind(policy.UpdateKind);
        Windows = ReadFrames("windows", policy.Windows);
        Freezes = ReadFrames("freezes", policy.Freezes);
        WaitsForJob = ReadStart(policy.Start);
    }

    public Policy Policy { get; }

    /// <summary>Null: tags are followed, not versions.</summary>
    public VersionRange? Range { get; }

    public IReadOnlyList<TagExpression> Include { get; }

    public IReadOnlyList<TagExpression> Exclude { get; }

    public TimeSpan MinimumAge { get; }

    public UpdateKind Largest { get; }

    public IReadOnlyList<ReadFrame> Windows { get; }

    public IReadOnlyList<ReadFrame> Freezes { get; }

    /// <summary>Whether what is found waits for an update job.</summary>
    public bool WaitsForJob { get; }

    /// <summary>By field, such as <c>minimumAge</c> or <c>windows.0.cron</c>.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    public static PolicyRules Of(Policy policy) => new(policy);

    /// <summary>Whether include and exclude let a tag through, without a word about why; for those who have thousands of tags.</summary>
    public bool Admits(string tag) =>
        (Include.Count == 0 || Include.Any(expression => expression.Matches(tag) == TagMatch.Yes))
        && Exclude.All(expression => expression.Matches(tag) == TagMatch.No);

    /// <summary>The version of a tag, if it is one that the range holds and the policy wants.</summary>
    public TagVersion? Wanted(string tag) =>
        Range is not null && TagVersion.TryParse(tag, out var version) && (Policy.Prereleases || !version!.IsPrerelease) && Range.Contains(version!) ? version : null;

    private VersionRange? ReadFollow(string? follow)
    {
        var words = (follow ?? "").Trim();
        if (words == Policy.FollowTag)
        {
            return null;
        }

        if (words == Policy.FollowSemver || words.StartsWith(Policy.FollowSemver + " ", StringComparison.Ordinal))
        {
            if (VersionRange.TryParse(words[Policy.FollowSemver.Length..], out var range))
            {
                return range;
            }

            Problem("follow", "This is not a range of versions: write for example semver 1.x, semver ^1.4, semver ~2.3 or semver >=1.2 <3.");
        }
        else
        {
            Problem("follow", "Write tag, to follow tags as they come, or semver and a range of versions, such as semver 1.x.");
        }

        // A range that was meant and cannot be read must not let everything through.
        return null;
    }

    private List<TagExpression> ReadExpressions(string field, IReadOnlyList<string> texts)
    {
        var read = new List<TagExpression>();
        if (texts.Count > MostExpressions)
        {
            Problem(field, $"At most {MostExpressions} patterns.");
        }

        foreach (var (index, text) in texts.Take(MostExpressions).Index())
        {
            if (TagExpression.TryParse(text, out var expression, out var problem))
            {
                read.Add(expression!);
            }
            else
            {
                Problem($"{field}.{index}", problem!);
            }
        }

        return read;
    }

    private TimeSpan ReadAge(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return TimeSpan.Zero;
        }

        if (Duration.TryParse(text, out var age) && age <= LongestAge)
        {
            return age;
        }

        Problem("minimumAge", "Write a span of time of at most 365 days, such as 2h or 1d12h.");
        return TimeSpan.Zero;
    }

    private bool ReadStart(string? text)
    {
        if (text is not (Policy.StartAtOnce or Policy.StartByJob))
        {
            Problem("start", "Write at-once or update-job.");
        }

        return text == Policy.StartByJob;
    }

    private UpdateKind ReadKind(string? text)
    {
        foreach (var kind in Enum.GetValues<UpdateKind>())
        {
            if (string.Equals(text, PolicyText.Name(kind), StringComparison.Ordinal))
            {
                return kind;
            }
        }

        Problem("updateKind", "Write major, minor, patch or digest.");
        return UpdateKind.Major;
    }

    private List<ReadFrame> ReadFrames(string field, IReadOnlyList<TimeFrame> frames)
    {
        var read = new List<ReadFrame>();
        if (frames.Count > MostFrames)
        {
            Problem(field, $"At most {MostFrames} of them.");
        }

        foreach (var (index, frame) in frames.Take(MostFrames).Index())
        {
            if (ReadFrame($"{field}.{index}", frame) is { } good)
            {
                read.Add(good);
            }
        }

        return read;
    }

    private ReadFrame? ReadFrame(string field, TimeFrame? frame)
    {
        if (frame is null)
        {
            Problem(field, "Write cron, duration and timeZone.");
            return null;
        }

        var zone = string.IsNullOrEmpty(frame.TimeZone) ? TimeZoneInfo.Utc : TimeZones.Find(frame.TimeZone);
        if (zone is null)
        {
            Problem($"{field}.timeZone", TimeZones.Problem(frame.TimeZone)!);
        }

        if (!ZonedCron.TryParse(frame.Cron, zone ?? TimeZoneInfo.Utc, out var cron, out var problem))
        {
            Problem($"{field}.cron", problem!);
        }

        var length = TimeSpan.Zero;
        if (!Duration.TryParse(frame.Duration, out length) || length <= TimeSpan.Zero || length > LongestFrame)
        {
            Problem($"{field}.duration", "Write how long it lasts, at most 366 days, such as 2h or 1h30m.");
            cron = null;
        }

        if (frame.Reason is { } reason && (reason.Length > LongestReason || reason.Any(char.IsControl)))
        {
            Problem($"{field}.reason", $"A reason has at most {LongestReason} characters, in one line.");
        }

        return cron is null || zone is null ? null : new ReadFrame(new RecurringFrame(cron, length), frame.Reason, frame);
    }

    private void Problem(string field, string sentence) => _problems.TryAdd(field, sentence);
}
