namespace Plimsoll.Docker;

/// <summary>One image of the engine's list. Tags and digests are empty for an image that a newer one took them from.</summary>
public sealed record ImageSummary(
    string Id,
    IReadOnlyList<string> RepoTags,
    IReadOnlyList<string> RepoDigests,
    long SizeBytes,
    DateTimeOffset Created,
    IReadOnlyDictionary<string, string> Labels)
{
    internal static ImageSummary From(ImageListItem item) => new(
        item.Id ?? "",
        [.. (item.RepoTags ?? []).Where(tag => tag != "<none>:<none>")],
        [.. (item.RepoDigests ?? []).Where(digest => digest != "<none>@<none>")],
        item.Size,
        DateTimeOffset.FromUnixTimeSeconds(item.Created),
        item.Labels ?? new Dictionary<string, string>());
}
