using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>What a person or a CI job does with a running Plimsoll, in one call each.</summary>
public static class PlimsollSteps
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>A Plimsoll of the test's own beside the shared engine. It does not watch after a switch, unless the test says so.</summary>
    public static async Task<PlimsollProcess> StartPlimsollAsync(this EngineWorld world, CancellationToken cancellationToken, int watchSeconds = 0)
    {
        var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = world.Engine.Endpoint }, cancellationToken);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds }, cancellationToken);
        return plimsoll;
    }

    /// <summary>A project with one stage "rel" that deploys every tag that begins with v.</summary>
    public static Task AddProjectAsync(this PlimsollProcess plimsoll, string name, string repository, CancellationToken cancellationToken, object? stage = null, string? healthPath = "/health") =>
        plimsoll.Api.PostDataAsync(
            "projects",
            new { name, image = repository, port = 8080, healthcheck = healthPath, stages = new[] { stage ?? new { name = "rel", tagPattern = "v*", autoDeploy = true } } },
            cancellationToken);

    public static Task ChangeSettingsAsync(this PlimsollProcess plimsoll, object settings, CancellationToken cancellationToken) =>
        plimsoll.Api.SendDataAsync(HttpMethod.Put, "settings", settings, cancellationToken);

    /// <summary>The webhook's path below the API's address.</summary>
    public static async Task<string> WebhookPathAsync(this PlimsollProcess plimsoll, CancellationToken cancellationToken) =>
        ((string)(await plimsoll.Api.GetDataAsync("settings/webhook-url", cancellationToken))!["path"]!)["/api/".Length..];

    /// <summary>Sends the simple body and waits for the end of the deployment, if there is one.</summary>
    public static async Task<JsonNode> PushAsync(this PlimsollProcess plimsoll, TestImage image, CancellationToken cancellationToken, int wait = 90) =>
        (await plimsoll.Api.PostDataAsync($"{await plimsoll.WebhookPathAsync(cancellationToken)}?wait={wait}", new { image = image.Reference }, cancellationToken))!;

    /// <summary>Sends the simple body; answers as soon as Plimsoll has decided.</summary>
    public static async Task<JsonNode> PushWithoutWaitingAsync(this PlimsollProcess plimsoll, TestImage image, CancellationToken cancellationToken)
    {
        var known = (await plimsoll.ReadDeploymentsAsync(cancellationToken)).Select(one => (string)one!["id"]!).ToHashSet();
        var answer = (await plimsoll.Api.PostDataAsync(await plimsoll.WebhookPathAsync(cancellationToken), new { image = image.Reference }, cancellationToken))!;
        if ((string)answer["reasonCode"]! != "still-asking")
        {
            return answer;
        }

        // The registry took longer than a sender is kept waiting, as it does on a busy machine.
        JsonNode? begun = null;
        await Eventually.IsTrueAsync(
            async token => (begun = (await plimsoll.ReadDeploymentsAsync(token)).FirstOrDefault(one => !known.Contains((string)one!["id"]!) && (string)one["image"]! == image.Repository && (string)one["digest"]! == image.Digest)) is not null,
            Patience,
            () => $"The message came to nothing: {answer.ToJsonString()}",
            cancellationToken);
        answer["deployId"] = (string)begun!["id"]!;
        return answer;
    }

    public static async Task<JsonNode> ReadDeploymentAsync(this PlimsollProcess plimsoll, string id, CancellationToken cancellationToken, int wait = 0) =>
        (await plimsoll.Api.GetDataAsync($"deploys/{id}?wait={wait}", cancellationToken))!;

    public static async Task<JsonArray> ReadDeploymentsAsync(this PlimsollProcess plimsoll, CancellationToken cancellationToken) =>
        (await plimsoll.Api.GetDataAsync("deploys?limit=200", cancellationToken))!.AsArray();

    /// <summary>The body that the proxy answers with for a host, trimmed; for an answer outside 2xx its status instead.</summary>
    public static async Task<string> AskEdgeAsync(this PlimsollProcess plimsoll, string host, CancellationToken cancellationToken)
    {
        using var answer = await plimsoll.GetThroughEdgeAsync(host, "/", cancellationToken);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim() : $"status {(int)answer.StatusCode}";
    }

    public static Task ShouldSoonServeAsync(this PlimsollProcess plimsoll, string host, string body, CancellationToken cancellationToken) =>
        Eventually.IsTrueAsync(
            async token => await plimsoll.AskEdgeAsync(host, token) == body,
            Patience,
            () => $"{host} did not answer '{body}'. Output:\n{plimsoll.Output.LastLines(60)}",
            cancellationToken);
}
