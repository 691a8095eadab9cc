using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;

namespace Plimsoll.Decisions.Rules;

/// <summary>Include and exclude: which tags are wanted at all. Pure.</summary>
internal static class TagRules
{
    private const string IncludeRule = "include";
    private const string ExcludeRule = "exclude";

    public static RuleFinding Include(PolicyRules policy, string tag)
    {
        if (policy.Include.Count == 0)
        {
            return RuleFinding.Fine(IncludeRule, "Every tag is included.");
        }

        TagExpression? timedOut = null;
        foreach (var expression in policy.Include)
        {
            switch (expression.Matches(tag))
            {
                case TagMatch.Yes:
                    return RuleFinding.Fine(IncludeRule, $"'{tag}' is included by {expression}.");
                case TagMatch.TimedOut:
                    timedOut ??= expression;
                    break;
            }
        }

        return timedOut is not null
            ? TimedOut(IncludeRule, timedOut, tag)
            : new RuleFinding(
                IncludeRule, Verdict.Skip, ReasonCode.TagNotIncluded, $"The tag '{tag}' is included by none of {string.Join(", ", policy.Include)}.",
                WouldChange: $"Include a pattern that knows '{tag}', or deploy it by hand.");
    }

    public static RuleFinding Exclude(PolicyRules policy, string tag)
    {
        TagExpression? timedOut = null;
        foreach (var expression in policy.Exclude)
        {
            switch (expression.Matches(tag))
            {
                case TagMatch.Yes:
                    return new RuleFinding(
                        ExcludeRule, Verdict.Skip, ReasonCode.TagExcluded, $"The tag '{tag}' is excluded by {expression}.",
                        WouldChange: $"Take {expression} out of the excluded patterns, or deploy '{tag}' by hand.");
                case TagMatch.TimedOut:
                    timedOut ??= expression;
                    break;
            }
        }

        return timedOut is not null
            ? TimedOut(ExcludeRule, timedOut, tag)
            : RuleFinding.Fine(ExcludeRule, policy.Exclude.Count == 0 ? "No tag is excluded." : $"'{tag}' is not excluded.");
    }

    private static RuleFinding TimedOut(string rule, TagExpression expression, string tag) => new(
        rule, Verdict.Skip, ReasonCode.PatternTimedOut, $"The regular expression {expression} took too long over the tag '{tag}', so the answer is no.",
        WouldChange: $"Write {expression} in a simpler way, without repetitions inside repetitions.");
}
