namespace Plimsoll.Apps.Seed;

/// <summary>A place in a configuration file, counted from 1 as editors do.</summary>
internal readonly record struct SeedMark(int Line, int Column)
{
    public static readonly SeedMark Start = new(1, 1);

    public override string ToString() => $"{Line}:{Column}";
}
