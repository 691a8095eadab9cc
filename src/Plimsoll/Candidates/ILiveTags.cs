namespace Plimsoll.Candidates;

/// <summary>Turned round: the poller follows the tags that are live, and what is live only later chapters know.</summary>
internal interface ILiveTags
{
    /// <returns>The live tag of each stage that has one, by the stage's id.</returns>
    IReadOnlyDictionary<long, string> LiveTags();
}
