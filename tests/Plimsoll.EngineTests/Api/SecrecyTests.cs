using System.Net.Http.Headers;
using System.Text;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>Secrets go in and are used; they come out nowhere (invariant 8).</summary>
public sealed class SecrecyTests(EngineWorld world)
{
    private const string AdminPassword = "admin-secret-7f3a91";
    private const string EnvironmentValue = "environment-secret-5c20de";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_in_the_log_an_event_an_answer_to_a_viewer_the_store_or_an_argument()
    {
        await using var registry = LocalRegistry.WithLogin();
        await registry.InitializeAsync();
        await using var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = world.Engine.Endpoint, AdminPassword = AdminPassword }, Token);
        var viewerToken = await plimsoll.MakeTokenAsync("viewer", Token);
        var webhook = await plimsoll.WebhookPathAsync(Token);
        var webhookSecret = webhook.Split('/')[^1];
        string[] secrets = [AdminPassword, EnvironmentValue, LocalRegistry.Password, viewerToken, webhookSecret];
        var arguments = await File.ReadAllTextAsync($"/proc/{plimsoll.ProcessId}/cmdline", Token);

        await UseSecretsAsync(plimsoll, registry, webhook);

        using var viewer = plimsoll.Caller(viewerToken);
        foreach (var (path, answer) in await ReadEverythingAsync(viewer))
        {
            ShouldHoldNone(answer, secrets, $"GET {path}");
        }

        ShouldHoldNone(arguments, secrets, "the arguments");
        await plimsoll.StopAsync(Token);
        ShouldHoldNone(plimsoll.Output.Text, secrets, "the log");
        foreach (var file in Directory.GetFiles(plimsoll.DataFolder, "plimsoll.db*"))
        {
            ShouldHoldNone(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)), secrets, Path.GetFileName(file));
        }
    }

    /// <summary>A deployment that works, one that fails, and mistakes of all kinds that carry a secret.</summary>
    private async Task UseSecretsAsync(PlimsollProcess plimsoll, LocalRegistry registry, string webhook)
    {
        foreach (var (kind, tag) in new[] { (ImageKind.Healthy, "v1"), (ImageKind.Unhealthy, "v2"), (ImageKind.ExitsAtOnce, "v3") })
        {
            var image = await world.Images.GetAsync(kind, "v1", Token);
            await registry.PushAsync(world.Engine, image.LocalTag, "team/secretive", tag, Token);
        }

        await plimsoll.Api.PostDataAsync("registries", new { name = "private", url = $"http://{registry.Host}", username = LocalRegistry.User, token = LocalRegistry.Password, insecure = true }, Token);
        await plimsoll.Api.PostDataAsync("registries/private/test", new { }, Token);
        await plimsoll.Api.PostDataAsync(
            "projects",
            new
            {
                name = "secretive",
                image = $"{registry.Host}/team/secretive",
                registry = "private",
                port = 8080,
                env = new Dictionary<string, string> { ["DATABASE_PASSWORD"] = EnvironmentValue },
                stages = new[] { new { name = "rel", tagPattern = "v*", autoDeploy = true } },
            },
            Token);
        foreach (var tag in new[] { "v1", "v2", "v3", "v4" })
        {
            await plimsoll.Api.PostDataAsync($"{webhook}?wait=90", new { image = $"{registry.Host}/team/secretive:{tag}" }, Token);
        }

        (await (await plimsoll.GetThroughEdgeAsync("stage-rel-secretive.localhost", "/cgi-bin/env", Token)).Content.ReadAsStringAsync(Token))
            .ShouldContain(EnvironmentValue, Case.Sensitive, "the application gets what nobody else does");
        (await plimsoll.AskEdgeAsync("stage-rel-secretive.localhost", Token)).ShouldBe("healthy v1");
        (await plimsoll.ReadDeploymentsAsync(Token)).Count.ShouldBe(3);
        using var garbage = await plimsoll.Api.PostAsync(webhook, new StringContent("{"), Token);
        using var wrongPath = await plimsoll.Api.PostAsync($"{webhook}/further", new StringContent("{}"), Token);
        using var stranger = plimsoll.Nobody();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminPassword);
        using var refused = await stranger.GetAsync("projects", Token);
        using var login = await stranger.PostAsync("auth/login", new StringContent($$"""{"username":"admin","password":"{{EnvironmentValue}}"}""", Encoding.UTF8, "application/json"), Token);
        ((int)refused.StatusCode).ShouldBe(401);
    }

    /// <summary>All that a viewer can get, by the API's own description.</summary>
    private static async Task<IReadOnlyList<(string Path, string Answer)>> ReadEverythingAsync(HttpClient viewer)
    {
        var document = await ApiDocument.ReadAsync(viewer, Token);
        var paths = document.Operations.Where(operation => operation.Method == "GET" && !operation.IsStream).Select(operation => operation.SomePath).ToList();
        var deployments = (await viewer.GetDataAsync("deploys", Token))!.AsArray().Select(deployment => (string)deployment!["id"]!).ToList();
        paths.AddRange(["decisions?limit=200", "events?after=0", .. deployments.Select(id => $"deploys/{id}"), .. deployments.Select(id => $"deploys/{id}/logs")]);
        paths.AddRange(["projects/secretive", "projects/secretive/config", "projects/secretive/stages/rel/instances", "webhooks/default/messages?limit=200", "registries/1/tags/team/secretive"]);
        var answers = new List<(string, string)>();
        foreach (var path in paths)
        {
            using var answer = await viewer.GetAsync(path, Token);
            answers.Add((path, await answer.Content.ReadAsStringAsync(Token)));
        }

        return answers;
    }

    private static void ShouldHoldNone(string text, IEnumerable<string> secrets, string where)
    {
        foreach (var secret in secrets)
        {
            text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{where} holds the secret that begins with {secret[..6]}");
        }
    }
}
