using System.Text.Json;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// Docker Hub: no header, no signature and no digest. One message for each tag. Its <c>callback_url</c> is never called: it is
/// an address that a stranger could have written.
/// </summary>
internal static class DockerHubPush
{
    private const string Host = "docker.io";

    public static bool Recognises(JsonElement body) =>
        body.Object("push_data").ValueKind == JsonValueKind.Object && body.Object("repository").ValueKind == JsonValueKind.Object;

    public static PushReading Read(JsonElement body, string? knownAs)
    {
        var repository = body.Object("repository");
        var name = repository.Text("repo_name")
            ?? (repository.Text("namespace") is { } owner && repository.Text("name") is { } last ? $"{owner}/{last}" : null);
        return PushReading.Of(SenderKind.DockerHub, [ImageName.Read(Host, name, body.Object("push_data").Text("tag"), null, null, knownAs)]);
    }
}
