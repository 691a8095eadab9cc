using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Candidates;

public sealed class WebhookTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_message_ten_times_at_once_makes_one_deployment()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "ten-times", "v1", Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => plimsoll.PushAsync(image, Token)));

        (await plimsoll.ReadDeploymentsAsync(Token)).Count.ShouldBe(1);
        answers.Count(answer => (string)answer["decision"]! == "deploy").ShouldBe(1);
        answers.Select(answer => (string?)answer["deployId"]).Where(id => id is not null).Distinct().Count().ShouldBe(1);
        (await plimsoll.Api.GetDataAsync("projects", Token))!.AsArray().Count.ShouldBe(1, "ten first messages make one project");
        (await plimsoll.Api.GetDataAsync("decisions?limit=200", Token))!.AsArray()
            .Count(decision => (string)decision!["trigger"]! == "webhook").ShouldBe(10, "each message has its decision on record");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ContainersOf("ten-times").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Garbage_is_answered_with_a_reason_and_never_with_a_500()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var path = await plimsoll.WebhookPathAsync(Token);
        byte[][] garbage =
        [
            [],
            Encoding.UTF8.GetBytes("hello"),
            [0xFF, 0xFE, 0x00, 0x01],
            Encoding.UTF8.GetBytes("""{"image":"""),
            Encoding.UTF8.GetBytes("""{"unknown":"field"}"""),
            Encoding.UTF8.GetBytes("""{"image":"x","surprise":{"deep":[1,2,3]}}"""),
            Encoding.UTF8.GetBytes("""{"image":"../../../etc/passwd"}"""),
            Encoding.UTF8.GetBytes("""{"image":"localhost/$(touch /tmp/owned):v1"}"""),
            Encoding.UTF8.GetBytes("""{"image":"registry.example.org/app:v1'; DROP TABLE projects; --"}"""),
            Encoding.UTF8.GetBytes("{\"image\":\"" + new string('a', 100_000) + "\"}"),
            Encoding.UTF8.GetBytes("{\"image\":\"" + new string('\u0001', 3) + "\"}"),
            Encoding.UTF8.GetBytes("{\"image\":\"\\ud800\"}"),
            Encoding.UTF8.GetBytes(new string('[', 200_000)),
            new byte[20 * 1024 * 1024],
        ];

        foreach (var bytes in garbage)
        {
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await plimsoll.Api.PostAsync(path, content, Token);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(60, bytes.Length))));
            (await answer.ReadEnvelopeAsync(Token)).Message.Length.ShouldBeGreaterThan(10);
        }

        (await plimsoll.Api.GetDataAsync("projects", Token))!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_secret_is_told_nothing()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);

        using var answer = await plimsoll.Api.PostAsync("webhook/00000000-0000-0000-0000-000000000000", new StringContent("""{"image":"nginx"}"""), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_tag_that_the_registry_does_not_have_is_decided_with_that_reason()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "absent-tag", "v1", Token);
        await plimsoll.AddProjectAsync("absent-tag", image.Repository, Token);

        var answer = await plimsoll.PushAsync(image with { Tag = "v9" }, Token);

        ((string)answer["decision"]!).ShouldBe("skip");
        ((string)answer["reasonCode"]!).ShouldBe("image-not-found");
        ((string)answer["reason"]!).ShouldContain("absent-tag:v9");
    }

    [Fact]
    public async Task The_poll_finds_new_tags_and_moved_tags_without_any_message()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "polled", "v1", Token);
        await plimsoll.ChangeSettingsAsync(new { pollingSeconds = 1 }, Token);
        await plimsoll.AddProjectAsync("polled", v1.Repository, Token);
        await Eventually.IsTrueAsync(
            async token => (await plimsoll.Api.GetDataAsync("decisions", token))!.AsArray().Any(decision => (string)decision!["reasonCode"]! == "there-before-watching"),
            PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        (await plimsoll.ReadDeploymentsAsync(Token)).ShouldBeEmpty("which of the old tags is wanted is not Plimsoll's to guess");

        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", "polled", "v2", Token);
        await plimsoll.ShouldSoonServeAsync("stage-rel-polled.localhost", v2.Body, Token);

        var moved = await world.Images.PublishAsync(ImageKind.Healthy, "v2-moved", "polled", "v2", Token);
        await plimsoll.ShouldSoonServeAsync("stage-rel-polled.localhost", moved.Body, Token);
    }
}
