using System.Diagnostics;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>A long drain of one stage is nobody else's business.</summary>
public sealed class TenStagesTests(EngineWorld world)
{
    private const int Stages = 10;
    private const int DrainSeconds = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_stages_deploy_at_once_while_one_of_them_drains_for_as_long_as_its_upload_is_held()
    {
        const int bytes = 100_000;
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var upload = new HeldUpload(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(plimsoll.ProxyAddress, "/cgi-bin/upload")) { Content = upload, Headers = { Host = Host("held", 0) } };
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        await DeployAllWhileOneDrainsAsync(plimsoll, "held", ImageKind.Healthy, () => client.SendAsync(request, Token), upload.Begun, upload.Release, answer: async answer =>
        {
            (await answer.Content.ReadAsStringAsync(Token)).Trim().ShouldBe($"{bytes}", "the upload came through whole");
            answer.Headers.GetValues("X-Version").ShouldBe(["v1"], "on the instance that it began on");
        });
    }

    [Fact, Trait("Category", "Long")]
    public async Task Ten_stages_deploy_at_once_while_one_of_them_drains_for_nearly_60_seconds()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(plimsoll.ProxyAddress, "/slow")) { Headers = { Host = Host("slow", 0) } };

        await DeployAllWhileOneDrainsAsync(plimsoll, "slow", ImageKind.SlowToAnswer, () => client.SendAsync(request, Token), Task.CompletedTask, () => { }, answer: async answer =>
            (await answer.Content.ReadAsStringAsync(Token)).Trim().ShouldBe("slow-to-answer v1", "the answer is whole, and of the instance that was asked"));
    }

    private async Task DeployAllWhileOneDrainsAsync(
        PlimsollProcess plimsoll, string name, ImageKind slowKind, Func<Task<HttpResponseMessage>> ask, Task begun, Action release, Func<HttpResponseMessage, Task> answer)
    {
        // The poll would find the new tags by itself, before the messages are sent.
        await plimsoll.ChangeSettingsAsync(new { drainSeconds = DrainSeconds, pollingSeconds = 0 }, Token);
        var old = await PublishAllAsync(name, slowKind, "v1");
        for (var number = 0; number < Stages; number++)
        {
            await plimsoll.AddProjectAsync(Project(name, number), old[number].Repository, Token);
            // Only the slow kind reads it: nearly the whole of the drain time.
            await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{Project(name, number)}", new { env = new Dictionary<string, string> { ["SLOW_SECONDS"] = $"{DrainSeconds - 5}" } }, Token);
        }

        (await Task.WhenAll(old.Select(image => plimsoll.PushAsync(image, Token)))).Select(State).ShouldAllBe(state => state == "succeeded");
        var young = await PublishAllAsync(name, slowKind, "v2");
        var loads = old.Select((_, number) => LoadGenerator.Start(plimsoll.ProxyAddress, new LoadPattern(Host(name, number), Connections: 1))).ToList();
        await Task.WhenAll(loads.Select(load => load.WaitForRequestsAsync(1, PlimsollSteps.Patience, Token)));

        var slow = ask();
        await begun.WaitAsync(PlimsollSteps.Patience, Token);
        var clock = Stopwatch.StartNew();
        var sent = await Task.WhenAll(young.Select(image => plimsoll.PushWithoutWaitingAsync(image, Token)));
        var ids = sent.Select(delivery => (string)delivery["deployId"]!).ToList();
        var others = await Task.WhenAll(ids.Skip(1).Select(id => plimsoll.ReadDeploymentAsync(id, Token, wait: 50)));
        var othersTook = clock.Elapsed;

        others.Select(State).ShouldAllBe(state => state == "succeeded", plimsoll.Output.LastLines(60));
        slow.IsCompleted.ShouldBeFalse(slow.IsCompletedSuccessfully ? $"the slow request was answered at once with {(int)slow.Result.StatusCode}" : $"the slow request ended: {slow.Exception}");
        await Eventually.IsTrueAsync(
            async token => State(await plimsoll.ReadDeploymentAsync(ids[0], token)) == "draining", PlimsollSteps.Patience, () => plimsoll.Output.LastLines(40), Token);
        slow.IsCompleted.ShouldBeFalse("the slow request is what is waited for");
        await Task.WhenAll(loads.Select((load, number) => load.WaitForBodyAsync(young[number].Body, PlimsollSteps.Patience, Token)));
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ContainersOf(Project(name, 0)).Count.ShouldBe(2, "the instance that drains is there still");
        State(await plimsoll.ReadDeploymentAsync(ids[0], Token)).ShouldBe("draining", "while all the others have long been done");

        release();
        using var whole = await slow;
        var slowTook = clock.Elapsed;
        whole.IsSuccessStatusCode.ShouldBeTrue($"{(int)whole.StatusCode}");
        await answer(whole);
        State(await plimsoll.ReadDeploymentAsync(ids[0], Token, wait: 30)).ShouldBe("succeeded");

        var reports = await Task.WhenAll(loads.Select(load => load.StopAsync()));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Stages - 1} stages live after {othersTook.TotalSeconds:0.0} s; the slow request was answered after {slowTook.TotalSeconds:0.0} s, its stage was done after {clock.Elapsed.TotalSeconds:0.0} s; "
            + $"{reports.Sum(report => report.Requests)} requests, {reports.Sum(report => report.Failures)} failed.");
        reports.ShouldAllBe(report => report.Failures == 0, string.Join('\n', reports.Select(report => report.ToString())));
        reports.ShouldAllBe(report => report.ConnectionsOpened == 1, "clients keep their connections over a switch");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ShouldHoldExactly(Project(name, 0), ids[0]);
    }

    private async Task<IReadOnlyList<TestImage>> PublishAllAsync(string name, ImageKind slowKind, string version)
    {
        var images = new List<TestImage>();
        for (var number = 0; number < Stages; number++)
        {
            images.Add(await world.Images.PublishAsync(number == 0 ? slowKind : ImageKind.Healthy, version, Project(name, number), version, Token));
        }

        return images;
    }

    private static string State(JsonNode deployment) => (string)deployment["state"]!;

    private static string Project(string name, int number) => $"ten-{name}-{number}";

    private static string Host(string name, int number) => $"stage-rel-{Project(name, number)}.localhost";
}
