using System.Globalization;

namespace Plimsoll.Apps.Seed;

/// <summary>
/// Keys and values below one key, read by what they should be. Whatever is of another kind, or is no key of the section,
/// goes to the problems, and reading goes on.
/// </summary>
internal sealed class SeedSection
{
    private readonly SeedProblems _problems;
    private readonly Dictionary<string, SeedNode> _values;

    /// <param name="keys">The keys there can be; null when people choose them, as the names of projects.</param>
    public SeedSection(SeedNode? node, string path, SeedProblems problems, IReadOnlyList<string>? keys = null)
    {
        _problems = problems;
        Path = path;
        Entries = (node as SeedMapping)?.Entries ?? [];
        _values = Entries.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        if (node is not (null or SeedMapping or SeedText { IsNull: true }))
        {
            problems.Add(path, $"Keys and values are expected below this, not {node.Kind}.");
        }

        foreach (var entry in Entries)
        {
            var place = SeedPath.Join(path, entry.Key);
            problems.Places.Record(place, entry.At);
            if (keys is not null && !keys.Contains(entry.Key) && !problems.IsFull)
            {
                problems.Add(entry.At, place, Unknown(entry.Key, keys));
            }
        }
    }

    public string Path { get; }

    public IReadOnlyList<SeedEntry> Entries { get; }

    public SeedNode? Node(string key) => _values.GetValueOrDefault(key);

    public SeedSection Section(string key, IReadOnlyList<string>? keys = null) => new(Node(key), At(key), _problems, keys);

    public string At(string key) => SeedPath.Join(Path, key);

    /// <summary>The text as it was written, or null when there is none.</summary>
    public string? Text(string key)
    {
        switch (Node(key))
        {
            case null or SeedText { IsNull: true }:
                return null;
            case SeedText text:
                return text.Text;
            case var other:
                _problems.Add(At(key), $"A single value is expected here, not {other.Kind}.");
                return null;
        }
    }

    /// <summary>The texts of a list, or the one that stands there alone; null when there is nothing.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Node(key) is not SeedList list)
        {
            return Text(key) is { } only ? [only] : null;
        }

        var texts = new List<string>();
        foreach (var (index, item) in list.Items.Index())
        {
            var place = At($"{key}.{index}");
            _problems.Places.Record(place, item.At);
            if (item is SeedText { IsNull: false } text)
            {
                texts.Add(text.Text);
            }
            else
            {
                _problems.Add(place, $"A single value is expected here, not {(item is SeedText ? "nothing" : item.Kind)}.");
            }
        }

        return texts;
    }

    /// <summary>The sections of a list, each with the same keys.</summary>
    public IReadOnlyList<SeedSection> Sections(string key, IReadOnlyList<string> keys)
    {
        switch (Node(key))
        {
            case null or SeedText { IsNull: true }:
                return [];
            case SeedList list:
                return [.. list.Items.Select((item, index) =>
                {
                    var place = At($"{key}.{index}");
                    _problems.Places.Record(place, item.At);
                    return new SeedSection(item, place, _problems, keys);
                })];
            case var other:
                _problems.Add(At(key), $"A list is expected here, not {other.Kind}.");
                return [];
        }
    }

    public int? Number(string key) => Read(
        key,
        (string text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
        "is not a whole number");

    public decimal? Fraction(string key) => Read(
        key,
        (string text, out decimal number) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number),
        "is not a number such as 2 or 0.5");

    public int? Seconds(string key) => Read<int>(key, SeedDuration.TryParse, "is not a span of time: write seconds, such as 300, or 90s, 5m or 1h");

    public bool? Flag(string key) => Read<bool>(key, bool.TryParse, "is neither true nor false");

    private T? Read<T>(string key, TryParse<T> parse, string complaint)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        _problems.Add(At(key), $"'{SeedPath.Excerpt(text)}' {complaint}.");
        return null;
    }

    private static string Unknown(string key, IReadOnlyList<string> keys) => key switch
    {
        "<<" => "Merging with '<<' is not read: give the whole section an anchor, or write its keys here.",
        _ when NearestKey.Of(key, keys) is { } near => $"There is no such key; did you mean '{near}'?",
        _ => $"There is no such key; the keys here are {string.Join(", ", keys)}.",
    };

    private delegate bool TryParse<T>(string text, out T value);
}
