using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// Quay's repository push. The tags are a list, or in older servers a map from tag to image; people may write a template of
/// their own, so either of the two names of the repository will do.
/// </summary>
internal static class QuayPush
{
    private const int MostTags = 256;

    public static bool Recognises(JsonElement body) => body.Has("docker_url") || (body.Has("updated_tags") && body.Has("repository"));

    public static PushReading Read(JsonElement body, string? knownAs)
    {
        if (!body.Has("updated_tags"))
        {
            // Builds and scans are told with the same names, but without this one.
            return PushReading.Of(SenderKind.Quay, Ignored.NotAPush("Quay's message names no tags that were pushed: it tells of something else."));
        }

        var (host, repository) = Place(body);
        var tags = Tags(body.Find("updated_tags"));
        return tags.Count == 0
            ? PushReading.Of(SenderKind.Quay, Ignored.NoTag("Quay's message names no tag."))
            : PushReading.Of(SenderKind.Quay, tags.Select(tag => ImageName.Read(host, repository, tag, null, null, knownAs)));
    }

    private static (string? Host, string? Repository) Place(JsonElement body)
    {
        if (body.Text("docker_url") is { } address && address.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
        {
            return (address[..slash], address[(slash + 1)..]);
        }

        return (ImageName.HostOf(body.Text("homepage")), body.Text("repository"));
    }

    private static List<string> Tags(JsonElement tags) => tags.ValueKind switch
    {
        JsonValueKind.Array => [.. tags.EnumerateArray().Take(MostTags).Select(Fields.Text).OfType<string>()],
        JsonValueKind.Object => [.. tags.Names(MostTags)],
        _ => Fields.Text(tags) is { } one ? [one] : [],
    };
}
