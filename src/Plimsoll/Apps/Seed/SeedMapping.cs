namespace Plimsoll.Apps.Seed;

/// <summary>Keys and values in the order of the file, each key once.</summary>
internal sealed record SeedMapping(SeedMark At, IReadOnlyList<SeedEntry> Entries, long Size) : SeedNode(At)
{
    public override long Size { get; } = Size;

    public override string Kind => "keys and values";
}
