using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Decisions;

/// <summary>What waits for a person, from the push to the container, and how it is explained.</summary>
public sealed class AnswersTests(EngineWorld world)
{
    private static readonly object ByHand = new { name = "rel", tagPattern = "v*", autoDeploy = false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_person_approves_goes_live_and_what_they_decline_stays_away()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var first = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "asked-for-approval", "v1", Token);
        await plimsoll.AddProjectAsync("asked", first.Repository, Token, ByHand);

        (await plimsoll.PushAsync(first, Token))["reasonCode"]!.GetValue<string>().ShouldBe("auto-deploy-off");
        (await plimsoll.ReadDeploymentsAsync(Token)).ShouldBeEmpty();
        var question = (await PendingAsync(plimsoll)).ShouldHaveSingleItem()!;
        ((string)question["reasonCode"]!, (string)question["digest"]!).ShouldBe(("auto-deploy-off", first.Digest));

        var answer = (await plimsoll.Api.PostDataAsync($"decisions/{question["id"]}/approve", new { note = "go" }, Token))!;
        ((string)answer["decision"]!).ShouldBe("deploy");
        ((string)(await plimsoll.ReadDeploymentAsync((string)answer["deployId"]!, Token, 90))["state"]!).ShouldBe("succeeded");
        await plimsoll.ShouldSoonServeAsync("stage-rel-asked.localhost", first.Body, Token);
        ((string)(await plimsoll.Api.PostDataAsync($"decisions/{question["id"]}/approve", new { }, Token))!["deployId"]!).ShouldBe((string)answer["deployId"]!);

        var second = await world.Images.PublishAsync(ImageKind.Healthy, "v2", "asked-for-approval", "v2", Token);
        await plimsoll.PushAsync(second, Token);
        var declined = (await PendingAsync(plimsoll)).ShouldHaveSingleItem()!;
        ((string)(await plimsoll.Api.PostDataAsync($"decisions/{declined["id"]}/decline", new { note = "not this one" }, Token))!["reasonCode"]!).ShouldBe("declined");
        ((string)(await plimsoll.PushAsync(second, Token))["reasonCode"]!).ShouldBe("declined", "it stays away when it is pushed again");
        (await PendingAsync(plimsoll)).ShouldBeEmpty();
        (await plimsoll.AskEdgeAsync("stage-rel-asked.localhost", Token)).ShouldBe(first.Body);

        var explained = (await plimsoll.Api.GetDataAsync($"decisions/explain?image={Uri.EscapeDataString(second.Reference)}", Token))!;
        var sighting = explained["sightings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)sighting["decidedBy"]!).ShouldBe("declined");
        ((string)sighting["pending"]!["state"]!).ShouldBe("declined");
        sighting["delivery"].ShouldNotBeNull();
        sighting["decision"]!["rules"]!.AsArray().Single(rule => (string)rule!["rule"]! == "declined")!["wouldChange"].ShouldNotBeNull();

        var text = await RunAsync(plimsoll, "explain", "asked/rel");
        text.ShouldContain("by the rule declined");
        text.ShouldContain("admin said no to this image of v2: not this one");
        (await RunAsync(plimsoll, "explain", "registry.example.org/nobody/knows")).ShouldContain("No message and no scan has named this image.");
        JsonNode.Parse(await RunAsync(plimsoll, "explain", second.Reference, "--json"))!["sightings"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_promotion_moves_the_same_digest_although_the_tag_was_pushed_anew()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var proven = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "promoted-by-digest", "v1", Token);
        await plimsoll.Api.PostDataAsync(
            "projects",
            new
            {
                name = "moved", image = proven.Repository, port = 8080, healthcheck = "/health",
                stages = new object[]
                {
                    new { name = "dev", tagPattern = "v*", autoDeploy = true },
                    new { name = "prod", tagPattern = "v*", autoDeploy = false, promoteFrom = "dev", confirm = true },
                },
            },
            Token);

        using (var nothing = await plimsoll.Api.PostAsync("projects/moved/stages/prod/promote", JsonContent.Create(new { }), Token))
        {
            nothing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await nothing.ReadEnvelopeAsync(Token)).Message.ShouldContain("Nothing is live on moved/dev");
        }

        await plimsoll.PushAsync(proven, Token);
        // Pushed under the same tag, and nobody told Plimsoll of it yet.
        var anew = await world.Images.PublishAsync(ImageKind.Healthy, "v2", "promoted-by-digest", "v1", Token);
        anew.Digest.ShouldNotBe(proven.Digest);

        var look = (await plimsoll.Api.GetDataAsync("projects/moved/stages/prod/promotion", Token))!;
        ((bool)look["isPossible"]!, (string)look["digest"]!, (bool)look["confirm"]!).ShouldBe((true, proven.Digest, true));
        using (var unsure = await plimsoll.Api.PostAsync("projects/moved/stages/prod/promote", JsonContent.Create(new { }), Token))
        {
            unsure.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await RunAsync(plimsoll, "promote", "moved/prod", "--confirm", "--wait")).ShouldContain("is live");
        await plimsoll.ShouldSoonServeAsync("stage-prod-moved.localhost", proven.Body, Token);
        var moved = (await plimsoll.ReadDeploymentsAsync(Token)).First(one => (string)one!["stage"]! == "prod")!;
        ((string)moved["digest"]!).ShouldBe(proven.Digest);

        using var again = await plimsoll.Api.PostAsync("projects/moved/stages/prod/promote", JsonContent.Create(new { }), Token);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.ReadEnvelopeAsync(Token)).Message.ShouldContain("live on moved/prod already");
    }

    private static async Task<JsonArray> PendingAsync(PlimsollProcess plimsoll) => (await plimsoll.Api.GetDataAsync("pending", Token))!.AsArray();

    /// <summary>The command line as a person runs it on the server's own machine.</summary>
    private static Task<string> RunAsync(PlimsollProcess plimsoll, params string[] arguments) => Command.RunAsync(
        "dotnet",
        [RepositoryFiles.PathOf("src", "Plimsoll", "bin", RepositoryFiles.Configuration, "net10.0", "plimsoll.dll"), .. arguments],
        new Dictionary<string, string?> { ["PLIMSOLL_URL"] = plimsoll.Address.ToString(), ["PLIMSOLL_TOKEN_FILE"] = Path.Combine(plimsoll.DataFolder, "cli.token") },
        Token);
}
