using System.Text.Json;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Senders;

/// <summary>
/// Finds out who sent a message and has it read. Pure and bounded: whatever the bytes are, the answer is images, a reason why
/// there are none, or a refusal with a sentence.
/// </summary>
internal static class PushReader
{
    /// <summary>Of a message whose sender is known. Registries that send the references of an image along need some room.</summary>
    public const int LargestMessage = 4 * 1024 * 1024;

    /// <summary>Of the simple body, which a person writes.</summary>
    public const int LargestSimpleBody = 1024 * 1024;

    private const int DeepestNesting = 32;

    /// <param name="knownAs">The host under which the images of this sender are known; null: as the sender says.</param>
    public static PushReading Read(PushMessage message, string? knownAs = null)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message.Json, new JsonDocumentOptions { MaxDepth = DeepestNesting });
        }
        catch (JsonException problem)
        {
            return NotJson(message, problem);
        }

        using (document)
        {
            return Read(message, document.RootElement, knownAs);
        }
    }

    /// <summary>
    /// In this order: Gitea and its kin also send GitHub's headers. The user agent tells nothing, because most of them are
    /// written with the same library.
    /// </summary>
    private static PushReading Read(PushMessage message, JsonElement body, string? knownAs)
    {
        if (GiteaPackage.Recognise(message) is { } kin)
        {
            return GiteaPackage.Read(kin, message, body, knownAs);
        }

        return message switch
        {
            _ when message.Header("X-GitHub-Event") is not null => GitHubPackage.Read(message, body, knownAs),
            _ when DistributionEvents.Recognises(message, body) => DistributionEvents.Read(body, knownAs),
            _ when message.Header("X-Gitlab-Event") is { } kind => PushReading.Of(SenderKind.GitLab, GitLabWebhook(kind)),
            _ when AzureEvent.Recognises(body) => AzureEvent.Read(body, knownAs),
            _ when DockerHubPush.Recognises(body) => DockerHubPush.Read(body, knownAs),
            _ when HarborEvent.Recognises(message, body) => HarborEvent.Read(body, knownAs),
            _ when QuayPush.Recognises(body) => QuayPush.Read(body, knownAs),
            _ => Simple(message, body),
        };
    }

    private static PushReading Simple(PushMessage message, JsonElement body)
    {
        if (message.Json.Length > LargestSimpleBody)
        {
            return new PushReading { Sender = SenderKind.Simple, Refusal = new Refusal(AnswerCode.TooLarge, $"The body is larger than {LargestSimpleBody / 1024} KiB.") };
        }

        var image = SimpleBody.Read(body);
        return image.IsRefused(out var refusal)
            ? new PushReading { Sender = SenderKind.Simple, Refusal = refusal }
            : new PushReading { Sender = SenderKind.Simple, Sightings = [new Sighting(image.Value!, null, null)] };
    }

    private static Ignored GitLabWebhook(string kind) => Ignored.NotAPush(
        $"GitLab's '{ImageName.Shown(kind)}' tells of no image. Its container registry sends notifications of its own, which an administrator sets up; or let the pipeline call the webhook.");

    /// <summary>A known sender must not be told to repeat a message that no repetition makes better; a person should hear of the mistake.</summary>
    private static PushReading NotJson(PushMessage message, JsonException problem)
    {
        var known = GiteaPackage.Recognise(message)
            ?? (message.Header("X-GitHub-Event") is not null ? SenderKind.GitHub
                : DistributionEvents.Recognises(message, default) ? SenderKind.Distribution
                : null);
        return known is not null
            ? PushReading.Of(known, Ignored.Unusable($"The message cannot be read as JSON (line {problem.LineNumber + 1})."))
            : new PushReading
            {
                Sender = SenderKind.Simple,
                Refusal = Refusal.Invalid("body", $"The body is not JSON (line {problem.LineNumber + 1}). Send {{\"image\": \"registry/org/app:tag\"}}."),
            };
    }
}
