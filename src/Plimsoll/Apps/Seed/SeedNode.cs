namespace Plimsoll.Apps.Seed;

/// <summary>One value of a configuration file as it was written, and where.</summary>
internal abstract record SeedNode(SeedMark At)
{
    /// <summary>How many values it holds with itself, those behind an alias counted each time.</summary>
    public virtual long Size => 1;

    /// <summary>What it is, in the words of a person.</summary>
    public abstract string Kind { get; }
}
