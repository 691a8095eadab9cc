namespace Plimsoll.Candidates;

/// <summary>How new the answer to a question about an image has to be.</summary>
internal enum Freshness
{
    /// <summary>Asked after the caller asked: for a person or a message, which may be the only one that says that a tag has moved.</summary>
    Now,

    /// <summary>For a poll, which comes again: an answer of moments ago is good enough, and a registry that is away is not asked.</summary>
    Poll,
}
