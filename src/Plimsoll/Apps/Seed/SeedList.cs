namespace Plimsoll.Apps.Seed;

internal sealed record SeedList(SeedMark At, IReadOnlyList<SeedNode> Items, long Size) : SeedNode(At)
{
    public override long Size { get; } = Size;

    public override string Kind => "a list";
}
