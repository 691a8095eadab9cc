namespace Plimsoll.Candidates.Hooks;

/// <summary>What a message's signature is worth.</summary>
internal enum SignatureVerdict
{
    Valid,
    Missing,
    Wrong,
}
