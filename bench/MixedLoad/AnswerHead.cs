namespace Plimsoll.Bench;

/// <summary>What is said before an answer's body.</summary>
/// <param name="Length">Null when the body comes in chunks, or when there is none.</param>
internal sealed record AnswerHead(int Status, long? Length, bool IsChunked, bool ClosesConnection)
{
    public bool IsGood => Status is >= 200 and < 300;
}
