namespace Plimsoll.Apps.Seed;

/// <summary>Where each key of a file stands, so that what is found out later can still name its line.</summary>
internal sealed class SeedPlaces
{
    private readonly Dictionary<string, SeedMark> _marks = new(StringComparer.Ordinal);

    // An anchored section is met again under each alias; the first meeting of a path is the only one.
    public void Record(string path, SeedMark at) => _marks.TryAdd(path, at);

    /// <summary>The place of a key, or of the nearest section above it that is there.</summary>
    public SeedMark Of(string path)
    {
        for (var rest = path; rest.Length > 0; rest = rest[..Math.Max(0, rest.LastIndexOf('.'))])
        {
            if (_marks.TryGetValue(rest, out var mark))
            {
                return mark;
            }
        }

        return SeedMark.Start;
    }
}
