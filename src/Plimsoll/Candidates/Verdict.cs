namespace Plimsoll.Candidates;

/// <summary>What is to be done about a candidate. In the order of precedence: a rule that skips beats one that waits.</summary>
internal enum Verdict
{
    Deploy,
    Wait,
    Ask,
    Skip,
}
