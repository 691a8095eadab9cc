namespace Plimsoll.Docker;

internal sealed record ImageListItem(
    string? Id,
    IReadOnlyList<string>? RepoTags,
    IReadOnlyList<string>? RepoDigests,
    long Size,
    long Created,
    IReadOnlyDictionary<string, string>? Labels);
