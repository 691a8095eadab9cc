namespace Plimsoll.Apps.Seed;

/// <param name="IsPlain">Not in quotes and not a block.</param>
internal sealed record SeedText(SeedMark At, string Text, bool IsPlain) : SeedNode(At)
{
    /// <summary>Nothing was written after the colon.</summary>
    public bool IsEmpty => IsPlain && Text.Length == 0;

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => "a single value";

    /// <summary>Records print their properties; this one may hold a secret.</summary>
    public override string ToString() => $"text at {At}";
}
