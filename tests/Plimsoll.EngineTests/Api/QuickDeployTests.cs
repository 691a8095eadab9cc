using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>From the name of an image that nobody has configured to traffic.</summary>
public sealed class QuickDeployTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_image_is_inspected_and_then_serves_with_what_was_proposed()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "quick", "team/quick-shop", "v1", Token);

        var seen = (await plimsoll.Api.PostDataAsync("deploy/inspect", new { image = image.Reference }, Token))!;

        ((string)seen["digest"]!).ShouldBe(image.Digest);
        seen["project"].ShouldBeNull();
        Field(seen, "name").ShouldBe(("quick-shop", "the last part of the image's name"));
        Field(seen, "port").ShouldBe(("8080", "EXPOSE of the image"));
        Field(seen, "healthcheck").ShouldBe((null, "HEALTHCHECK of the image decides"));
        Field(seen, "stage").ShouldBe(("rel", "the form of the tag"));
        Field(seen, "tagPattern").ShouldBe(("v*", "the form of the tag"));
        Field(seen, "subdomain").Value.ShouldBe("stage-rel-quick-shop");
        Field(seen, "address").Value.ShouldBe($"http://stage-rel-quick-shop.localhost:{plimsoll.ProxyAddress.Port}");

        var begun = (await plimsoll.Api.PostDataAsync("deploy/quick", new { image = image.Reference, subdomain = "stage-rel-quick-shop", env = new { GREETING = "hello" } }, Token))!;
        var again = (await plimsoll.Api.PostDataAsync("deploy/quick", new { image = image.Reference, subdomain = "stage-rel-quick-shop", env = new { GREETING = "hello" } }, Token))!;

        ((string)begun["project"]!, (string)begun["stage"]!).ShouldBe(("quick-shop", "rel"));
        ((string)again["deployId"]!).ShouldBe((string)begun["deployId"]!, "the same request while it is under way is the same deployment");
        ((string)(await plimsoll.ReadDeploymentAsync((string)begun["deployId"]!, Token, wait: 60))["state"]!).ShouldBe("succeeded");
        (await plimsoll.AskEdgeAsync("stage-rel-quick-shop.localhost", Token)).ShouldBe(image.Body);
        (await plimsoll.Api.GetDataAsync("projects", Token))!.AsArray().ShouldHaveSingleItem();
        ((string?)(await plimsoll.Api.GetDataAsync("projects/quick-shop/config", Token))!["stages"]![0]!["subdomain"]).ShouldBeNull("the pattern's own name is no choice");
        ((string)(await plimsoll.Api.PostDataAsync("deploy/inspect", new { image = image.Reference }, Token))!["project"]!).ShouldBe("quick-shop");
        await ShouldConflictAsync(plimsoll, new { image = image.Reference }, "quick-shop");
        await ShouldConflictAsync(plimsoll, new { image = image.Reference, name = "quick-shop" }, "quick-shop");
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once_and_nothing_is_made()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "quick-wrong", "quick-wrong", "v1", Token);

        using var answer = await plimsoll.Api.PostAsync(
            "deploy/quick",
            System.Net.Http.Json.JsonContent.Create(new { image = image.Reference, name = "Not A Name", port = 70000, healthcheck = "nowhere", stage = "REL", tagPattern = "[", subdomain = "a.b", env = new Dictionary<string, string> { ["9"] = "x" } }),
            Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.ReadEnvelopeAsync(Token)).Data!["errors"]!.AsObject().Select(error => error.Key);
        errors.ShouldBe(["name", "port", "healthcheck", "stage", "tagPattern", "subdomain", "env.9"], ignoreOrder: true);
        (await plimsoll.Api.GetDataAsync("projects", Token))!.AsArray().ShouldBeEmpty();
    }

    private static async Task ShouldConflictAsync(PlimsollProcess plimsoll, object body, string named)
    {
        using var answer = await plimsoll.Api.PostAsync("deploy/quick", System.Net.Http.Json.JsonContent.Create(body), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ReadEnvelopeAsync(Token)).Message.ShouldContain(named);
    }

    private static (string? Value, string Source) Field(JsonNode seen, string name) =>
        (seen["fields"]![name]!["value"]?.ToString(), (string)seen["fields"]![name]!["source"]!);
}
