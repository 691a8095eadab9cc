using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Candidates;

/// <summary>Debian's registry tells Plimsoll by itself what was pushed: nobody calls the webhook, and the poll is off.</summary>
public sealed class RegistryNotificationsTests(EngineWorld world)
{
    private const string SigningSecret = "load-line-1876";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_to_an_open_registry_alone_deploys_once()
    {
        await using var registry = new LocalRegistry();
        await using var plimsoll = await StartAsync(registry, signed: false);
        await PushAndSeeItServeAsync(plimsoll, registry, "notified-open");
    }

    [Fact]
    public async Task A_push_to_a_registry_with_a_login_alone_deploys_once_and_its_messages_prove_the_signing_secret()
    {
        await using var registry = LocalRegistry.WithLogin();
        await using var plimsoll = await StartAsync(registry, signed: true);
        await AddRegistryAsync(plimsoll, registry);
        await PushAndSeeItServeAsync(plimsoll, registry, "notified-login");
    }

    [Fact]
    public async Task A_push_to_a_registry_with_tokens_alone_deploys_once()
    {
        await using var registry = await LocalRegistry.WithTokensAsync(Token);
        await using var plimsoll = await StartAsync(registry, signed: true);
        await AddRegistryAsync(plimsoll, registry);
        await PushAndSeeItServeAsync(plimsoll, registry, "notified-tokens");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_push_of_an_image_for_two_platforms_counts_once(bool withTokens)
    {
        var name = withTokens ? "notified-index-tokens" : "notified-index";
        await using var registry = withTokens ? await LocalRegistry.WithTokensAsync(Token) : new LocalRegistry();
        await using var plimsoll = await StartAsync(registry, signed: false);
        if (withTokens)
        {
            await AddRegistryAsync(plimsoll, registry);
        }

        await AddProjectAsync(plimsoll, registry, name);
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", Token);
        await registry.PushAsync(world.Engine, image.LocalTag, $"team/{name}", "base", Token);

        var digest = await registry.PushIndexAsync($"team/{name}", "base", "v1", times: 2, Token);

        await plimsoll.ShouldSoonServeAsync($"stage-rel-{name}.localhost", image.Body, Token);
        // Both times the index was put under its tag have been told of, and so have layers and the two platforms.
        await Eventually.IsTrueAsync(
            async token => (await MessagesAsync(plimsoll, token)).Count(message => Names(message, ":v1")) == 2,
            PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        var messages = await MessagesAsync(plimsoll, Token);
        messages.Count(message => (string)message!["reasonCode"]! == "no-tag").ShouldBeGreaterThan(3);
        messages.ShouldAllBe(message => (int)message!["status"]! == 202 && (string)message["sender"]! == "distribution");
        messages.Count(message => Names(message, ":v1") && (string)message!["decision"]! == "deploy" && (string)message["reasonCode"]! == "matches").ShouldBe(1);
        var deployment = (await plimsoll.ReadDeploymentsAsync(Token)).ShouldHaveSingleItem()!;
        ((string)deployment["digest"]!).ShouldBe(digest, "the index is what the tag names, whichever platform runs");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ContainersOf(name).Count.ShouldBe(1);
    }

    /// <summary>The registry begins when the address that it is to call is known.</summary>
    private async Task<PlimsollProcess> StartAsync(LocalRegistry registry, bool signed)
    {
        var plimsoll = await world.StartPlimsollAsync(Token);
        try
        {
            await plimsoll.ChangeSettingsAsync(new { pollingSeconds = 0, autoCreateProjects = false }, Token);
            if (signed)
            {
                await plimsoll.Api.SendDataAsync(HttpMethod.Put, "webhooks/default", new { signingSecret = SigningSecret }, Token);
                registry.EventSecret = SigningSecret;
            }

            registry.EventTarget = new Uri(plimsoll.Address, "api/" + await plimsoll.WebhookPathAsync(Token));
            await registry.InitializeAsync();
            return plimsoll;
        }
        catch (Exception)
        {
            await plimsoll.DisposeAsync();
            throw;
        }
    }

    private async Task PushAndSeeItServeAsync(PlimsollProcess plimsoll, LocalRegistry registry, string name)
    {
        await AddProjectAsync(plimsoll, registry, name);
        var image = await world.Images.GetAsync(ImageKind.Healthy, "v1", Token);

        await registry.PushAsync(world.Engine, image.LocalTag, $"team/{name}", "v1", Token);

        await plimsoll.ShouldSoonServeAsync($"stage-rel-{name}.localhost", image.Body, Token);
        var deployment = (await plimsoll.ReadDeploymentsAsync(Token)).ShouldHaveSingleItem()!;
        ((string)deployment["digest"]!).ShouldBe(await registry.FindDigestAsync($"team/{name}", "v1", Token));
        // What Plimsoll and the engine ask of the registry is told of as well, and leads to nothing.
        var messages = await MessagesAsync(plimsoll, Token);
        messages.Count(message => Names(message, ":v1")).ShouldBe(1);
        messages.Where(message => !Names(message, ":v1")).ShouldAllBe(message => (string)message!["decision"]! == "skip");
        messages.ShouldAllBe(message => (int)message!["status"]! == 202);
        ((string)messages.Single(message => Names(message, ":v1"))!["deployId"]!).ShouldBe((string)deployment["id"]!);
        (await plimsoll.ReadDeploymentsAsync(Token)).Count.ShouldBe(1);
    }

    private static bool Names(JsonNode? message, string tag) =>
        message!["images"]!.AsArray().Any(image => ((string)image!["image"]!).EndsWith(tag, StringComparison.Ordinal));

    private static async Task<JsonArray> MessagesAsync(PlimsollProcess plimsoll, CancellationToken cancellationToken) =>
        (await plimsoll.Api.GetDataAsync("webhooks/default/messages?limit=200", cancellationToken))!.AsArray();

    private static Task AddProjectAsync(PlimsollProcess plimsoll, LocalRegistry registry, string name) => plimsoll.AddProjectAsync(name, $"{registry.Host}/team/{name}", Token);

    private static Task AddRegistryAsync(PlimsollProcess plimsoll, LocalRegistry registry) => plimsoll.Api.PostDataAsync(
        "registries", new { name = "notifying", url = $"http://{registry.Host}", username = LocalRegistry.User, token = LocalRegistry.Password, insecure = true }, Token);
}
