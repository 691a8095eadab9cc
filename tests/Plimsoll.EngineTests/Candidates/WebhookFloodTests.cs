using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Candidates;

/// <summary>A build server gone wild.</summary>
public sealed class WebhookFloodTests(EngineWorld world)
{
    private const int Calls = 1_000;
    private const int CallsOfTheNewest = 20;
    private const int Tags = 50;
    private const int Connections = 10;
    private const double MostMegabytesMore = 64;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_messages_in_a_minute_with_fifty_tags_all_get_a_decision_and_the_newest_wins()
    {
        const string project = "flood";
        const string host = "stage-rel-flood.localhost";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await plimsoll.ChangeSettingsAsync(new { pollingSeconds = 0 }, Token);
        var images = await PublishAsync(project);
        await plimsoll.AddProjectAsync(project, images[0].Repository, Token);
        ((string)(await plimsoll.PushAsync(images[0], Token))["state"]!).ShouldBe("succeeded");
        await using var load = LoadGenerator.Start(plimsoll.ProxyAddress, new LoadPattern(host, Connections: 1));
        var before = ResidentMemory.Of(plimsoll.ProcessId);
        var path = await plimsoll.WebhookPathAsync(Token);

        var clock = Stopwatch.StartNew();
        // All tags but the newest in turn, many times over; then the newest, which no message has named before.
        var older = await SendAsync(plimsoll, path, [.. Enumerable.Range(0, Calls - CallsOfTheNewest).Select(number => images[number % (Tags - 1)])]);
        var newest = await SendAsync(plimsoll, path, [.. Enumerable.Repeat(images[^1], CallsOfTheNewest)]);
        var took = clock.Elapsed;
        var decisions = await WaitForDecisionsAsync(plimsoll, images[0].Repository);
        await plimsoll.ShouldSoonServeAsync(host, images[^1].Body, Token);
        await Eventually.IsTrueAsync(
            async token => (await ReadPagesAsync(plimsoll, "deploys", token)).TrueForAll(deployment => (bool)deployment["isOver"]!), PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        var settled = clock.Elapsed;

        var after = ResidentMemory.Of(plimsoll.ProcessId);
        var deployments = await ReadPagesAsync(plimsoll, "deploys", Token);
        var ran = deployments.Count(deployment => deployment["startedAt"] is not null);
        var report = await load.StopAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Calls} messages in {took.TotalSeconds:0.0} s ({Calls / took.TotalSeconds:0} a second), settled after {settled.TotalSeconds:0.0} s. Decisions: {Count(decisions)}. "
            + $"Deployments: {deployments.Count}, of which {ran} began: {Count(deployments)}. "
            + $"Resident memory: {before.Megabytes:0} MB before, {after.Megabytes:0} MB after, {after.PeakMegabytes:0} MB at the most. Through the proxy: {report}");

        var deliveries = older.Concat(newest).Select(answer => (string)answer["deliveryId"]!).ToList();
        deliveries.Distinct().Count().ShouldBe(Calls);
        deliveries.Except(decisions.Select(decision => (string?)decision["deliveryId"])!).ShouldBeEmpty("each message has its decision on record");
        decisions.ShouldAllBe(decision => ((string)decision["reason"]!).Length > 10 && (string)decision["reasonCode"]! != "internal-error");
        deployments.Where(deployment => (bool)deployment["isOver"]!).Select(deployment => (string)deployment["reasonCode"]!).Distinct().ShouldBe(["live", "superseded"], ignoreOrder: true);
        ((string)deployments[0]["tag"]!).ShouldBe(images[^1].Tag, "nothing was begun after the newest");
        ran.ShouldBeLessThan(Tags, "what was overtaken in the queue is not deployed");
        report.Failures.ShouldBe(0, report.ToString());
        after.PeakMegabytes.ShouldBeLessThan(before.Megabytes + MostMegabytesMore);
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(project, (string)deployments[0]["id"]!);
    }

    private async Task<IReadOnlyList<TestImage>> PublishAsync(string repository)
    {
        var images = new TestImage[Tags];
        await Parallel.ForAsync(0, Tags, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Token }, async (number, token) =>
            images[number] = await world.Images.PublishAsync(ImageKind.Healthy, $"v{number + 1}", repository, $"v{number + 1}", token));
        return images;
    }

    private static async Task<IReadOnlyList<JsonNode>> SendAsync(PlimsollProcess plimsoll, string path, IReadOnlyList<TestImage> images)
    {
        var answers = new JsonNode[images.Count];
        await Parallel.ForAsync(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = Token }, async (number, token) =>
        {
            using var answer = await plimsoll.Api.PostAsync(path, JsonContent.Create(new { image = images[number].Reference }), token);
            ((int)answer.StatusCode).ShouldBe(202);
            answers[number] = (await answer.ReadEnvelopeAsync(token)).Data!;
        });
        return answers;
    }

    private static async Task<List<JsonNode>> WaitForDecisionsAsync(PlimsollProcess plimsoll, string repository)
    {
        var found = new List<JsonNode>();
        await Eventually.IsTrueAsync(
            async token => (found = await ReadPagesAsync(plimsoll, "decisions?image=" + repository, token)).Count >= Calls + 1,
            PlimsollSteps.Patience, () => $"{found.Count} decisions: {plimsoll.Output.LastLines(40)}", Token);
        return found;
    }

    private static async Task<List<JsonNode>> ReadPagesAsync(PlimsollProcess plimsoll, string path, CancellationToken cancellationToken)
    {
        var all = new List<JsonNode>();
        while (true)
        {
            var before = all.Count == 0 ? "" : $"&before={all[^1]["id"]}";
            var page = (await plimsoll.Api.GetDataAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit=200{before}", cancellationToken))!.AsArray();
            all.AddRange(page.Select(one => one!));
            if (page.Count < 200)
            {
                return all;
            }
        }
    }

    private static string Count(IEnumerable<JsonNode> things) =>
        string.Join(", ", things.CountBy(thing => (string?)thing["reasonCode"] ?? "none").OrderByDescending(one => one.Value).Select(one => $"{one.Key} {one.Value}"));
}
