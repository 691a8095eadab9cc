namespace Plimsoll.Apps.Seed;

/// <summary>A secret of a configuration file: itself, or the file to read it from at the import.</summary>
/// <param name="Path">The key it was written under.</param>
internal sealed record SeedSecret(string Path, string? Value, string? FileName)
{
    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"secret at {Path}";
}
