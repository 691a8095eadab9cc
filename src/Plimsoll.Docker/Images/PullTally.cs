namespace Plimsoll.Docker;

/// <summary>Adds up the lines of a pull, which speak of one layer each, to the progress of the whole.</summary>
internal sealed class PullTally
{
    private readonly Dictionary<string, Layer> _layers = new(StringComparer.Ordinal);

    /// <summary>The progress after this line; null when the line changes nothing that is counted.</summary>
    public PullProgress? Add(PullLine line)
    {
        if (line.Status is not { } status)
        {
            return null;
        }

        if (line.Id is { } id && Step(status, line.ProgressDetail) is { } step)
        {
            _layers[id] = step(_layers.GetValueOrDefault(id));
        }

        var sized = _layers.Values.Where(layer => layer.Total > 0).ToList();
        return new PullProgress(
            status,
            _layers.Values.Count(layer => layer.IsDone),
            _layers.Count,
            sized.Sum(layer => layer.Current),
            sized.Count == 0 ? null : sized.Sum(layer => layer.Total));
    }

    // "Pulling from library/nginx" has an id, too, but that is the tag: only what is listed here speaks of a layer.
    private static Func<Layer, Layer>? Step(string status, PullLine.Progress? progress) => status switch
    {
        "Pulling fs layer" or "Waiting" or "Verifying Checksum" or "Extracting" => layer => layer,
        "Downloading" => layer => layer with
        {
            Current = progress?.Current ?? layer.Current,
            Total = Math.Max(progress?.Total ?? 0, progress?.Current ?? 0),
        },
        "Download complete" => layer => layer with { Current = layer.Total },
        "Pull complete" or "Already exists" => layer => layer with { Current = layer.Total, IsDone = true },
        _ => null,
    };

    private readonly record struct Layer(long Current, long Total, bool IsDone);
}
