using System.Globalization;
using NCrontab;
using Plimsoll.Plumbing.Time;

namespace Plimsoll.Apps.Policies;

/// <summary>Tells what a stage deploys by itself, and when, in one sentence for people. Pure.</summary>
internal static class PolicySentence
{
    public static string Of(Stage stage)
    {
        var rules = PolicyRules.Of(stage.Policy);
        if (rules.Problems.Count > 0)
        {
            return "Deploys nothing by itself: its policy has a mistake.";
        }

        string[] parts =
        [
            What(stage, rules),
            .. rules.Largest == UpdateKind.Major ? [] : (string[])[Largest(rules.Largest)],
            .. rules.Windows.Count == 0 ? [] : (string[])[string.Join(" or ", rules.Windows.Select(Frame))],
            .. rules.Freezes.Count == 0 ? [] : (string[])[$"never {string.Join(" or ", rules.Freezes.Select(Frame))}"],
            .. rules.MinimumAge == TimeSpan.Zero ? [] : (string[])[$"once the image is {Duration.Words(rules.MinimumAge)} old"],
            .. rules.WaitsForJob ? (string[])["when an update job is done"] : [],
            .. stage.AutoDeploy ? (stage.Confirm ? (string[])["after a person has confirmed it"] : []) : ["after a person has approved it"],
        ];
        return $"Would deploy {string.Join(", ", parts)}.";
    }

    private static string What(Stage stage, PolicyRules rules)
    {
        var what = rules.Range is { } range
            ? $"the newest version{(range.Text.Length == 0 ? "" : $" in {range.Text}")}{(stage.Policy.Prereleases ? ", pre-releases too," : "")} among tags that match {stage.TagPattern}"
            : stage.TagPattern;
        var included = rules.Include.Count == 0 ? "" : $" if {Any(rules.Include)} knows the tag";
        var excluded = rules.Exclude.Count == 0 ? "" : $" but not {Any(rules.Exclude)}";
        var source = stage.PromoteFrom is { } from ? $" that is live and healthy in {from}" : "";
        return what + source + included + excluded;
    }

    private static string Any(IReadOnlyList<TagExpression> expressions) => string.Join(" or ", expressions.Select(expression => expression.Text));

    private static string Largest(UpdateKind largest) => largest switch
    {
        UpdateKind.Minor => "a new major version only after a person has approved it",
        UpdateKind.Patch => "a new major or minor version only after a person has approved it",
        _ => "another version only after a person has approved it",
    };

    private static string Frame(ReadFrame frame) =>
        $"{When(frame)} {frame.Frame.Begins.Zone.Id}{(frame.Reason is null ? "" : $" ({frame.Reason})")}";

    /// <summary>The common case in the words of a clock: every day, or on some days of the week, at one time.</summary>
    private static string When(ReadFrame frame)
    {
        var fields = frame.Frame.Begins.Text.Split(' ');
        string[] five = fields.Length == 6 ? fields[1..] : fields;
        var length = frame.Frame.Length;
        if (five is [var minute, var hour, "*", "*", var days]
            && (fields.Length == 5 || fields[0] == "0")
            && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
            && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
            && length < TimeSpan.FromDays(1))
        {
            var begin = new TimeSpan(h, m, 0);
            return $"{Days(days)}{Clock(begin)}–{Clock(begin + length)}";
        }

        return $"for {Duration.Words(length)} from each {frame.Frame.Begins.Text} on";
    }

    private static string Days(string field)
    {
        if (field == "*")
        {
            return "";
        }

        var schedule = CrontabSchedule.Parse($"0 0 * * {field}");
        // A Saturday, so that the first day found is a Sunday.
        var day = new DateTime(2024, 1, 6, 0, 0, 0, DateTimeKind.Unspecified);
        var names = schedule.GetNextOccurrences(day, day.AddDays(8)).Select(found => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(found.DayOfWeek)).ToList();
        return $"on {string.Join(", ", names)} ";
    }

    private static string Clock(TimeSpan time) => $"{time.Hours:00}:{time.Minutes:00}";
}
