using System.Globalization;
using Plimsoll.Candidates.Images;

namespace Plimsoll.Decisions;

/// <summary>What an image changes against the one that is live, as far as both tell. Stored with the decision. Pure.</summary>
internal sealed record ImageChanges
{
    public TextChange? Version { get; init; }

    public TextChange? Revision { get; init; }

    /// <summary>Where the new image's source is.</summary>
    public string? Source { get; init; }

    /// <summary>Where what lies between the two revisions can be read.</summary>
    public string? CompareLink { get; init; }

    public TextChange? Created { get; init; }

    /// <summary>How many bytes the layers have more, as they travel; negative: less.</summary>
    public long? SizeDifference { get; init; }

    public long? Size { get; init; }

    public IReadOnlyList<VariableChange> Environment { get; init; } = [];

    public TextChange? Entrypoint { get; init; }

    public TextChange? Command { get; init; }

    public IReadOnlyList<int> PortsAdded { get; init; } = [];

    public IReadOnlyList<int> PortsRemoved { get; init; } = [];

    /// <summary>Why this is not all there is to say; null: it is.</summary>
    public string? Unknown { get; init; }

    /// <param name="live">Null: nothing is live, so there is nothing to compare with.</param>
    /// <returns>Null: nothing is known of the candidate, and nobody has tried to know.</returns>
    public static ImageChanges? Between(ImageFacts? live, ImageFacts? candidate)
    {
        if (candidate?.Contents is not { } now)
        {
            return candidate?.Problem is { } problem ? new ImageChanges { Unknown = $"What the image says of itself could not be read: {problem}" } : null;
        }

        var before = live?.Contents;
        var changes = new ImageChanges
        {
            Version = Change(before?.Version, now.Version, always: true),
            Revision = Change(before?.Revision, now.Revision, always: true),
            Source = now.Source,
            Created = Change(Text(before?.Created), Text(now.Created), always: true),
            Size = now.LayerBytes,
        };
        if (before is null)
        {
            return live is null ? changes : changes with { Unknown = $"What is live could not be compared with{(live.Problem is { } why ? $": {why}" : ", as it was not read.")}" };
        }

        return changes with
        {
            CompareLink = SourceLink.Compare(now.Source, before.Revision, now.Revision),
            SizeDifference = now.LayerBytes - before.LayerBytes,
            Environment = Variables(before.Environment, now.Environment),
            Entrypoint = Change(string.Join(' ', before.Entrypoint), string.Join(' ', now.Entrypoint)),
            Command = Change(string.Join(' ', before.Command), string.Join(' ', now.Command)),
            PortsAdded = [.. now.Ports.Except(before.Ports)],
            PortsRemoved = [.. before.Ports.Except(now.Ports)],
        };
    }

    /// <summary>In one sentence for events and logs; null: there is nothing to say.</summary>
    public string? Summary()
    {
        string[] parts =
        [
            .. Part("version", Version),
            .. Part("revision", Revision),
            .. Created?.To is { } built ? (string[])[$"built {built}"] : [],
            .. SizeDifference is { } difference and not 0 ? (string[])[$"{(difference > 0 ? "+" : "−")}{Bytes(Math.Abs(difference))} to pull"] : [],
            .. Environment.Count > 0 ? (string[])[$"variables {string.Join(", ", Environment.Take(8).Select(change => change.ToString()))}{(Environment.Count > 8 ? " and more" : "")}"] : [],
            .. Entrypoint is null ? [] : (string[])["another entrypoint"],
            .. Command is null ? [] : (string[])["another command"],
            .. PortsAdded.Count + PortsRemoved.Count == 0 ? [] : (string[])[$"ports {string.Join(", ", [.. PortsAdded.Select(port => $"+{port}"), .. PortsRemoved.Select(port => $"−{port}")])}"],
            .. CompareLink is null ? [] : (string[])[CompareLink],
        ];
        return parts.Length > 0 ? $"What changed: {string.Join("; ", parts)}." : null;
    }

    private static string[] Part(string name, TextChange? change) => change switch
    {
        null => [],
        { From: null } => [$"{name} {Short(change.To)}"],
        { To: null } => [$"{name} was {Short(change.From)}"],
        _ when change.From == change.To => [],
        _ => [$"{name} {Short(change.From)} → {Short(change.To)}"],
    };

    private static string Short(string? text) => text is null ? "" : text.Length == 40 && text.All(char.IsAsciiHexDigit) ? text[..12] : text.Length <= 60 ? text : text[..60] + "…";

    /// <param name="always">Also when it is the same, so that the reader sees what it is.</param>
    private static TextChange? Change(string? from, string? to, bool always = false) => from == to && (!always || to is null) ? null : new TextChange(from, to);

    private static string? Text(DateTimeOffset? instant) => instant?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static List<VariableChange> Variables(IReadOnlyList<ImageVariable> before, IReadOnlyList<ImageVariable> after)
    {
        var (old, now) = (Last(before), Last(after));
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(name => old.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => new VariableChange(name, old.GetValueOrDefault(name)?.Value, now.GetValueOrDefault(name)?.Value))];
    }

    private static Dictionary<string, ImageVariable> Last(IReadOnlyList<ImageVariable> variables) =>
        variables.GroupBy(variable => variable.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);

    private static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.#} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576d:0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824d:0.#} GiB"),
    };
}

/// <summary>Null on a side: it is not said there.</summary>
internal sealed record TextChange(string? From, string? To);

/// <summary>A variable that an image sets; null on a side: it does not there. Values whose names look secret are hidden, so both may look alike.</summary>
internal sealed record VariableChange(string Name, string? From, string? To)
{
    public override string ToString() => From is null ? $"+{Name}" : To is null ? $"−{Name}" : Name;
}
