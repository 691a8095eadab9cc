namespace Plimsoll.Candidates;

/// <summary>How an artifact came to be looked at.</summary>
internal enum CandidateTrigger
{
    Webhook,
    Poll,
    Manual,
}
