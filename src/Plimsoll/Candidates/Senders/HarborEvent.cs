using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>Harbor, in its own format and as CloudEvents. Where an artifact has no tag, its digest stands in the tag's place.</summary>
internal static class HarborEvent
{
    private const string Pushed = "PUSH_ARTIFACT";
    private const string PushedAsCloudEvent = "harbor.artifact.pushed";
    private const string CloudEvents = "application/cloudevents+json";
    private const int MostResources = 256;

    public static bool Recognises(PushMessage message, JsonElement body) =>
        body.Has("type")
        && (body.Object("event_data").ValueKind == JsonValueKind.Object
            || (body.Text("type") is { } type && type.StartsWith("harbor.", StringComparison.Ordinal) && (body.Has("specversion") || message.ContentType == CloudEvents)));

    public static PushReading Read(JsonElement body, string? knownAs)
    {
        var type = body.Text("type");
        if (type is not (Pushed or PushedAsCloudEvent))
        {
            return PushReading.Of(SenderKind.Harbor, Ignored.NotAPush($"Harbor's event '{ImageName.Shown(type ?? "")}' tells of no push."));
        }

        var data = type == Pushed ? body.Object("event_data") : body.Object("data");
        if (data.Find("resources") is not { ValueKind: JsonValueKind.Array } resources || resources.GetArrayLength() == 0)
        {
            return PushReading.Of(SenderKind.Harbor, Ignored.Unusable("The message names no resource that was pushed."));
        }

        var repository = data.Object("repository");
        var name = repository.Text("repo_full_name")
            ?? (repository.Text("namespace") is { } project && repository.Text("name") is { } last ? $"{project}/{last}" : null);
        var read = resources.EnumerateArray().Take(MostResources)
            .Select(one => ImageName.Read(HostIn(one.Text("resource_url")), name, one.Text("tag"), one.Text("digest"), null, knownAs));
        return PushReading.Of(
            SenderKind.Harbor,
            resources.GetArrayLength() > MostResources
                ? read.Append(Ignored.Unusable($"The message names {resources.GetArrayLength()} resources; only the first {MostResources} were read."))
                : read,
            type == PushedAsCloudEvent ? body.Text("id") : null);
    }

    /// <summary><c>harbor.example.com/project/app:tag</c>, mostly without a scheme.</summary>
    private static string? HostIn(string? address)
    {
        if (address is null)
        {
            return null;
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? address : address[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? rest[..slash] : null;
    }
}
