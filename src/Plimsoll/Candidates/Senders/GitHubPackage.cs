using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// GitHub's events <c>package</c> and <c>registry_package</c>, which tell the same. The parts of an image come as versions with
/// an empty tag and an address that ends in a bare colon; any part of the message may be missing, null or an empty text.
/// </summary>
internal static class GitHubPackage
{
    private const string Host = "ghcr.io";

    public static PushReading Read(PushMessage message, JsonElement body, string? knownAs) =>
        PushReading.Of(SenderKind.GitHub, [ReadEvent(message.Header("X-GitHub-Event") ?? "", body, knownAs)]) with { DeliveryId = message.Header("X-GitHub-Delivery") };

    private static PushReading.Outcome ReadEvent(string kind, JsonElement body, string? knownAs)
    {
        if (kind is not ("package" or "registry_package"))
        {
            return Ignored.NotAPush(kind == "ping"
                ? "GitHub's ping has arrived: the webhook can be reached."
                : $"GitHub's event '{ImageName.Shown(kind)}' tells of no image. Choose 'Packages' or 'Registry packages' in the webhook there.");
        }

        if (body.Text("action") is { } action && action is not ("published" or "updated"))
        {
            return Ignored.NotAPush($"The package was '{ImageName.Shown(action)}', not published.");
        }

        var package = body.Object(kind);
        var version = package.Object("package_version");
        var container = version.Object("container_metadata");
        if (container.ValueKind != JsonValueKind.Object && !IsContainer(package.Text("package_type")))
        {
            return Ignored.NotAnImage($"The package is of the type '{ImageName.Shown(package.Text("package_type") ?? "unknown")}', not a container.");
        }

        var (host, repository, tagOfAddress) = TakeApart(version.Text("package_url"));
        var tag = container.Object("tag");
        return ImageName.Read(
            host ?? Host,
            repository ?? (Owner(package) is { } owner && package.Text("name") is { } name ? $"{owner}/{name}" : null),
            tag.Text("name") ?? tagOfAddress,
            container.Object("manifest").Text("digest") ?? tag.Text("digest") ?? version.Text("version"),
            null,
            knownAs);
    }

    /// <summary>GitHub's own example says <c>npm</c> for a container, so what the type says is only asked where nothing else tells.</summary>
    private static bool IsContainer(string? type) =>
        string.Equals(type, "container", StringComparison.OrdinalIgnoreCase) || string.Equals(type, "docker", StringComparison.OrdinalIgnoreCase);

    private static string? Owner(JsonElement package) => package.Object("owner").Text("login") ?? package.Text("namespace");

    /// <summary><c>ghcr.io/owner/name:tag</c>; also with a bare colon at the end, or with a scheme before it.</summary>
    private static (string? Host, string? Repository, string? Tag) TakeApart(string? address)
    {
        if (address is null)
        {
            return default;
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? address : address[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return default;
        }

        var (host, path) = (rest[..slash], rest[(slash + 1)..].Split('@')[0]);
        var colon = path.LastIndexOf(':');
        return colon < 0 ? (host, NotEmpty(path), null) : (host, NotEmpty(path[..colon]), NotEmpty(path[(colon + 1)..]));
    }

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
