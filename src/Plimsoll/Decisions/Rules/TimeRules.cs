using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Plumbing.Time;

namespace Plimsoll.Decisions.Rules;

/// <summary>What only has to wait: too young, outside a window, in a freeze. Pure.</summary>
internal static class TimeRules
{
    private const string AgeRule = "minimum-age";
    private const string WindowRule = "window";
    public const string FreezeRule = "freeze";

    public static RuleFinding MinimumAge(PolicyRules policy, ImageFacts? image, DateTimeOffset now)
    {
        if (policy.MinimumAge == TimeSpan.Zero)
        {
            return RuleFinding.Fine(AgeRule, "An image may be as young as it likes.");
        }

        // Nobody builds an image after it was seen: such a clock is not believed.
        var seen = image?.FirstSeenAt ?? now;
        var (since, what) = image?.Contents?.Created is { } created && created <= seen
            ? (created, "was built at")
            : (seen, "does not say when it was built, and was first seen at");
        var oldEnough = since + policy.MinimumAge;
        return now >= oldEnough
            ? RuleFinding.Fine(AgeRule, $"The image {what} {Moment.Of(since)}, which is long enough ago.")
            : new RuleFinding(
                AgeRule, Verdict.Wait, ReasonCode.TooYoung,
                $"The image {what} {Moment.Of(since)}: it is {Duration.Words(policy.MinimumAge)} old at {Moment.Of(oldEnough)}.",
                WouldChange: $"Time: it is looked at again at {Moment.Of(oldEnough)}. A person may deploy it at once.", LookAgainAt: oldEnough);
    }

    public static RuleFinding Window(PolicyRules policy, DateTimeOffset now)
    {
        if (policy.Windows.Count == 0)
        {
            return RuleFinding.Fine(WindowRule, "It may be deployed at any time.");
        }

        if (policy.Windows.FirstOrDefault(window => window.Frame.EndOfFrameAt(now) is not null) is { } open)
        {
            return RuleFinding.Fine(WindowRule, $"A maintenance window is open until {Moment.Of(open.Frame.EndOfFrameAt(now)!.Value, open.Frame.Begins.Zone)}{Reason(open)}.");
        }

        var next = policy.Windows
            .Select(window => (Window: window, Begin: window.Frame.NextBegin(now)))
            .Where(found => found.Begin is not null)
            .OrderBy(found => found.Begin)
            .FirstOrDefault();
        return next.Begin is { } begin
            ? new RuleFinding(
                WindowRule, Verdict.Wait, ReasonCode.OutsideWindow,
                $"No maintenance window is open; the next opens at {Moment.Of(begin, next.Window.Frame.Begins.Zone)}{Reason(next.Window)}.",
                WouldChange: "Time: it is looked at again when the window opens. A person may deploy it at once.", LookAgainAt: begin)
            : new RuleFinding(
                WindowRule, Verdict.Wait, ReasonCode.OutsideWindow, "No maintenance window is open, and none opens in the next years.",
                WouldChange: "Add a window that opens, or deploy it by hand.");
    }

    public static RuleFinding Freeze(PolicyRules policy, DateTimeOffset now)
    {
        if (Frozen(policy, now) is not var (freeze, end))
        {
            return RuleFinding.Fine(FreezeRule, policy.Freezes.Count == 0 ? "Nothing is ever frozen." : "Nothing is frozen now.");
        }

        return new RuleFinding(
            FreezeRule, Verdict.Wait, ReasonCode.Frozen, $"Deployments are frozen until {Moment.Of(end, freeze.Frame.Begins.Zone)}{Reason(freeze)}.",
            WouldChange: "Time: it is looked at again when the freeze is over. A person may deploy it at once, with confirmation.", LookAgainAt: end);
    }

    /// <summary>A person deploys in a freeze only when they say that they mean it.</summary>
    public static RuleFinding FreezeForPerson(PolicyRules policy, DateTimeOffset now, bool confirmed)
    {
        if (Frozen(policy, now) is not var (freeze, end))
        {
            return RuleFinding.Fine(FreezeRule, policy.Freezes.Count == 0 ? "Nothing is ever frozen." : "Nothing is frozen now.");
        }

        return confirmed
            ? RuleFinding.Fine(FreezeRule, $"Deployments are frozen until {Moment.Of(end, freeze.Frame.Begins.Zone)}, and a person confirmed this one all the same.")
            : new RuleFinding(
                FreezeRule, Verdict.Ask, ReasonCode.ConfirmationNeeded,
                $"Deployments are frozen until {Moment.Of(end, freeze.Frame.Begins.Zone)}{Reason(freeze)}. Ask again with confirm: true to deploy all the same.",
                WouldChange: "Confirm it, or wait for the end of the freeze.");
    }

    /// <param name="byJob">Whether an update job asks.</param>
    public static RuleFinding Start(PolicyRules policy, bool byJob)
    {
        const string rule = "start";
        return !policy.WaitsForJob ? RuleFinding.Fine(rule, "It need not wait for an update job.")
            : byJob ? RuleFinding.Fine(rule, "An update job has come.")
            : new RuleFinding(
                rule, Verdict.Wait, ReasonCode.WaitsForUpdateJob, "It waits for the next update job.",
                WouldChange: "An update job, or a person who deploys it at once.");
    }

    private static (ReadFrame Freeze, DateTimeOffset End)? Frozen(PolicyRules policy, DateTimeOffset now) =>
        policy.Freezes
            .Select(freeze => (Freeze: freeze, End: freeze.Frame.EndOfFrameAt(now)))
            .Where(found => found.End is not null)
            .OrderByDescending(found => found.End)
            .Select(found => ((ReadFrame, DateTimeOffset)?)(found.Freeze, found.End!.Value))
            .FirstOrDefault();

    private static string Reason(ReadFrame frame) => frame.Reason is null ? "" : $" ({frame.Reason})";
}
