using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// The notifications of the Distribution registry, v2 and v3, and of GitLab's registry, which has the same envelope. Each layer,
/// each pull and each platform of an image is an event of its own; only the one that wrote a tag has a tag.
/// </summary>
internal static class DistributionEvents
{
    /// <summary>The registry itself sends one at a time; the format allows any number.</summary>
    public const int MostEvents = 256;

    private const string Envelope = "application/vnd.docker.distribution.events.";

    public static bool Recognises(PushMessage message, JsonElement body) =>
        message.ContentType.StartsWith(Envelope, StringComparison.Ordinal) || body.Find("events").ValueKind == JsonValueKind.Array;

    public static PushReading Read(JsonElement body, string? knownAs)
    {
        if (body.Find("events") is not { ValueKind: JsonValueKind.Array } events || events.GetArrayLength() == 0)
        {
            return PushReading.Of(SenderKind.Distribution, Ignored.Unusable("The envelope holds no events."));
        }

        var first = events.EnumerateArray().Take(MostEvents).ToList();
        // Only GitLab says what kind of user pushed.
        var sender = first.Exists(one => one.Object("actor").Has("user_type")) ? SenderKind.GitLab : SenderKind.Distribution;
        var read = first.Select(one => ReadEvent(one, knownAs));
        return PushReading.Of(sender, events.GetArrayLength() > MostEvents
            ? read.Append(Ignored.Unusable($"The message holds {events.GetArrayLength()} events; only the first {MostEvents} were read."))
            : read);
    }

    /// <summary>Azure sends the same thing without the envelope.</summary>
    public static PushReading.Outcome ReadEvent(JsonElement one, string? knownAs)
    {
        var target = one.Object("target");
        return one.Text("action") switch
        {
            "push" => ImageName.Read(
                // The registry's own name may be one that only its neighbours know: then the webhook says the other.
                one.Object("request").Text("host") ?? ImageName.HostOf(target.Text("url")),
                target.Text("repository"), target.Text("tag"), target.Text("digest"), one.Text("id"), knownAs),
            null => Ignored.Unusable("An event without an action."),
            var other => Ignored.NotAPush($"The event tells of '{ImageName.Shown(other)}', not of a push."),
        };
    }
}
