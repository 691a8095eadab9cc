using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// Gitea's and Forgejo's event <c>package</c>. It names neither the registry's host nor a digest: the host is that of the page.
/// A tag that is overwritten is "created" again, and each platform of an image is a version of its own, named by its digest.
/// </summary>
internal static class GiteaPackage
{
    /// <summary>Newest first: Forgejo also sends Gitea's headers, Gitea those of Gogs, and all of them GitHub's.</summary>
    private static readonly (string Family, string Kind)[] Families = [("Forgejo", SenderKind.Forgejo), ("Gitea", SenderKind.Gitea), ("Gogs", SenderKind.Gogs)];

    /// <returns>Null when the message is of none of them.</returns>
    public static string? Recognise(PushMessage message) =>
        Array.Find(Families, one => message.Header($"X-{one.Family}-Event") is not null || message.Header($"X-{one.Family}-Delivery") is not null).Kind;

    public static PushReading Read(string kind, PushMessage message, JsonElement body, string? knownAs)
    {
        var family = Array.Find(Families, one => one.Kind == kind).Family;
        return PushReading.Of(kind, [ReadEvent(SenderKind.Name(kind), message.Header($"X-{family}-Event") ?? "", body, knownAs)]) with { DeliveryId = message.Header($"X-{family}-Delivery") };
    }

    private static PushReading.Outcome ReadEvent(string sender, string kind, JsonElement body, string? knownAs)
    {
        if (kind != "package")
        {
            return Ignored.NotAPush(kind.Length == 0
                ? $"A test message of {sender} has arrived: the webhook can be reached."
                : $"{sender}'s event '{ImageName.Shown(kind)}' tells of no image. Choose the event 'Package' in the webhook there.");
        }

        if (body.Text("action") is { } action && action != "created")
        {
            return Ignored.NotAPush($"The package was '{ImageName.Shown(action)}', not created.");
        }

        var package = body.Object("package");
        if (package.Text("type") is { } type && !type.Equals("container", StringComparison.OrdinalIgnoreCase))
        {
            return Ignored.NotAnImage($"The package is of the type '{ImageName.Shown(type)}', not a container.");
        }

        var owner = package.Object("owner").Text("login") ?? package.Object("owner").Text("username");
        return ImageName.Read(
            ImageName.HostOf(package.Text("html_url")) ?? ImageName.HostOf(package.Object("repository").Text("html_url")) ?? ImageName.HostOf(body.Object("repository").Text("html_url")),
            owner is not null && package.Text("name") is { } name ? $"{owner}/{name}" : null,
            package.Text("version"),
            null,
            null,
            knownAs);
    }
}
