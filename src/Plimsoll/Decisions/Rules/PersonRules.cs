using Plimsoll.Candidates;

namespace Plimsoll.Decisions.Rules;

/// <summary>What a person has said about this one image. Pure.</summary>
internal static class PersonRules
{
    private const string SkipRule = "skipped-version";
    private const string SnoozeRule = "snoozed";

    public static RuleFinding NotDeclined(DeclinedVersion? declined, string tag, bool isAskedFor)
    {
        const string rule = "declined";
        return declined switch
        {
            null => RuleFinding.Fine(rule, "Nobody has said no to it."),
            _ when isAskedFor => RuleFinding.Fine(rule, $"{declined.By} said no to it, and now a person asks for it."),
            _ => new RuleFinding(
                rule, Verdict.Skip, ReasonCode.Declined, $"{declined.By} said no to this image of {tag}{(declined.Note is { } note ? $": {note}" : ".")}",
                WouldChange: $"Push another image, or deploy {tag} by hand."),
        };
    }

    /// <param name="isAskedFor">Whoever asks for it by name has changed their mind.</param>
    public static RuleFinding NotSkipped(SkippedVersion? skipped, string tag, bool isAskedFor) => skipped switch
    {
        null => RuleFinding.Fine(SkipRule, "Nobody wants this version left out."),
        _ when isAskedFor => RuleFinding.Fine(SkipRule, $"{skipped.By} wanted it left out, and now a person asks for it."),
        _ => new RuleFinding(
            SkipRule, Verdict.Skip, ReasonCode.VersionSkipped, $"{skipped.By} wants {tag} left out here.",
            WouldChange: "A person may want it again, or a newer version comes."),
    };

    public static RuleFinding NotSnoozed(Snooze? snooze, string tag, bool isAskedFor, DateTimeOffset now) => snooze switch
    {
        null => RuleFinding.Fine(SnoozeRule, "Nobody asked for quiet."),
        _ when isAskedFor => RuleFinding.Fine(SnoozeRule, "A person asks for it now."),
        _ when now >= snooze.Until => RuleFinding.Fine(SnoozeRule, $"The quiet that {snooze.By} asked for is over."),
        _ => new RuleFinding(
            SnoozeRule, Verdict.Skip, ReasonCode.Snoozed, $"{snooze.By} does not want to hear of {tag} until {Moment.Of(snooze.Until)}.",
            WouldChange: $"Time: it is looked at again at {Moment.Of(snooze.Until)}. A person may deploy it at once.", LookAgainAt: snooze.Until),
    };
}
