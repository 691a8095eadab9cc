using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Inventory;

/// <summary>Containers that somebody else started: Plimsoll tells how they stand, and touches none of them.</summary>
public sealed class ContainerTests(EngineWorld world)
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string IndexType = "application/vnd.docker.distribution.manifest.list.v2+json";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_under_the_tag_of_a_foreign_container_is_found_and_told_and_the_container_is_left_as_it_is()
    {
        await using var registry = await CountingRegistry.StartAsync(world.Registry.Host, Token);
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var first = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "inventory/moves", "latest", Token);
        var image = $"{registry.Host}/inventory/moves:latest";
        await RunAsync("inventory-moves-1", image);
        await RunAsync("inventory-moves-2", image);
        await RunAsync("inventory-composed", image, "--label", "com.docker.compose.project=shop", "--label", "com.docker.compose.service=web");
        await ScanAsync(plimsoll);
        var before = await StateAsync();
        var found = await ReadAsync(plimsoll, "inventory-moves-1");
        ((string)found["status"]!, (string)found["currentDigest"]!, (string)found["remoteDigest"]!, (bool)found["running"]!).ShouldBe(("UpToDate", first.Digest, first.Digest, true));

        var second = await world.Images.PublishAsync(ImageKind.Healthy, "v2", "inventory/moves", "latest", Token);
        await ChangeNothingAsync(plimsoll);
        registry.Lines.Clear();
        await ScanAsync(plimsoll);

        registry.Lines.Count(line => line == "HEAD /v2/inventory/moves/manifests/latest").ShouldBeInRange(1, 2, "three containers of one image cost one question; the change before may have brought a scan of its own");
        foreach (var name in new[] { "inventory-moves-1", "inventory-moves-2" })
        {
            found = await ReadAsync(plimsoll, name);
            ((string)found["status"]!, (string)found["currentDigest"]!, (string)found["remoteDigest"]!, (string)found["reasonCode"]!)
                .ShouldBe(("UpdateAvailable", first.Digest, second.Digest, "update-available"));
        }

        found = await ReadAsync(plimsoll, "inventory-composed");
        ((string)found["status"]!, (string)found["reasonCode"]!, (string)found["composeProject"]!, (string)found["composeService"]!).ShouldBe(("UpdateAvailable", "compose-project", "shop", "web"));
        await ScanAsync(plimsoll);
        (await plimsoll.Api.GetDataAsync("events?before=0&kind=update-available&text=inventory-moves-1", Token))!.AsArray().ShouldHaveSingleItem();
        (await plimsoll.Api.GetDataAsync("decisions?container=inventory-moves-1", Token))!.AsArray().Select(decision => (string)decision!["reasonCode"]!).ShouldBe(["update-available", "up-to-date"]);
        var explained = (await plimsoll.Api.GetDataAsync("decisions/explain?container=inventory-moves-1", Token))!["sightings"]![0]!["decision"]!;
        ((string)explained["reasonCode"]!).ShouldBe("update-available");
        var decision = (long)explained["id"]!;
        await plimsoll.Api.PostDataAsync($"decisions/{decision}/snooze", new Dictionary<string, string> { ["for"] = "2d" }, Token);
        found = await ReadAsync(plimsoll, "inventory-moves-1");
        ((string)found["status"]!, (string)found["reasonCode"]!).ShouldBe(("Skipped", "snoozed"));
        await plimsoll.Api.SendDataAsync(HttpMethod.Delete, $"decisions/{decision}/snooze", null, Token);
        ((string)(await ReadAsync(plimsoll, "inventory-moves-1"))["status"]!).ShouldBe("UpdateAvailable");
        (await StateAsync()).ShouldBe(before, "Plimsoll touches no container of others");
    }

    [Fact]
    public async Task Who_is_to_be_left_alone_is_skipped_with_the_reason()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "inventory/skips", "latest", Token);
        await world.Images.PublishAsync(ImageKind.Healthy, "v1", "inventory/skips", "1.2.3", Token);
        await RunAsync("inventory-labelled", image.Reference, "--label", "watchdocker.skip=true", "--label", "DB_PASSWORD=swordfish-1");
        await RunAsync("inventory-mistaken", image.Reference, "--label", "plimsoll.policy.window=at night");
        await RunAsync("inventory-pinned", image.Pinned);
        await RunAsync("inventory-version", image.Repository + ":1.2.3");
        await world.Engine.RunDockerAsync("build", "--network", "none", "--label", "built=here", "--tag", "inventory-built:latest", await BuildFolderAsync(image.LocalTag));
        await RunAsync("inventory-built", "inventory-built:latest");
        var id = (await world.Engine.RunDockerAsync("image", "inspect", "--format", "{{.Id}}", "inventory-built:latest")).Trim();
        await RunAsync("inventory-by-id", id[7..19]);

        await ScanAsync(plimsoll);

        foreach (var (name, code, word) in new[]
        {
            ("inventory-labelled", "skipped-by-label", "watchdocker.skip"), ("inventory-mistaken", "label-unusable", "plimsoll.policy.window"), ("inventory-pinned", "pinned-digest", "digest"),
            ("inventory-version", "pinned-version", "1.2.3"), ("inventory-built", "local-build", "built on this engine"), ("inventory-by-id", "local-build", "built on this engine"),
        })
        {
            var found = await ReadAsync(plimsoll, name);
            ((string)found["status"]!, (string)found["reasonCode"]!, (bool)found["skipped"]!).ShouldBe(("Skipped", code, true), name);
            ((string)found["skipReason"]!).ShouldContain(word);
            found["rules"]!.AsArray().Count.ShouldBeGreaterThan(20);
        }

        (await ReadAsync(plimsoll, "inventory-labelled"))["labels"]!["DB_PASSWORD"]!.GetValue<string>().ShouldNotContain("swordfish");
        var listed = (await plimsoll.Api.GetDataAsync("containers?status=skipped&text=inventory-pinned", Token))!.AsArray().ShouldHaveSingleItem()!;
        ((string)(await ReadAsync(plimsoll, ((string)listed["id"]!)[..12]))["name"]!).ShouldBe("inventory-pinned", "the beginning of an id will do");
        using var absent = await plimsoll.Api.GetAsync("containers/no-such-container", Token);
        absent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var mistaken = await plimsoll.Api.GetAsync("containers?status=fine", Token);
        mistaken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_changed_for_another_platform_only_is_no_update()
    {
        var ours = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "inventory/platforms", "ours", Token);
        var theirs = await world.Images.PublishAsync(ImageKind.Healthy, "v2", "inventory/platforms", "theirs", Token);
        var theirsNow = await world.Images.PublishAsync(ImageKind.Healthy, "v3", "inventory/platforms", "theirs", Token);
        await PushIndexAsync("inventory/platforms", "latest", ours.Digest, theirs.Digest);
        await RunAsync("inventory-platforms", $"{world.Registry.Host}/inventory/platforms:latest");
        var index = await PushIndexAsync("inventory/platforms", "latest", ours.Digest, theirsNow.Digest);
        await using var plimsoll = await world.StartPlimsollAsync(Token);

        var found = (await plimsoll.Api.PostDataAsync("containers/inventory-platforms/check", null, Token))!;

        ((string)found["status"]!, (string)found["reasonCode"]!, (string)found["remoteDigest"]!).ShouldBe(("UpToDate", "same-on-this-platform", index));
        ((string)found["currentDigest"]!).ShouldNotBe(index);
        ((string)found["platform"]!).ShouldStartWith("linux/");
    }

    private async Task RunAsync(string name, string image, params string[] options) =>
        await world.Engine.RunDockerAsync(["run", "--detach", "--name", name, .. options, image], Token);

    private static Task<JsonNode?> ChangeNothingAsync(PlimsollProcess plimsoll) =>
        // Whoever changes something does not want to be answered from memory.
        plimsoll.Api.SendDataAsync(HttpMethod.Put, "settings", new { pauseQueue = Random.Shared.Next(1, 9_999) }, Token);

    private static async Task ScanAsync(PlimsollProcess plimsoll)
    {
        var job = (await plimsoll.Api.PostDataAsync("jobs/scan/run?wait=60", null, Token))!;
        ((string?)job["lastRun"]!["text"]).ShouldNotBeNull().ShouldContain(" containers, ");
    }

    private static async Task<JsonNode> ReadAsync(PlimsollProcess plimsoll, string name) => (await plimsoll.Api.GetDataAsync($"containers/{name}", Token))!;

    private async Task<string> StateAsync() =>
        await world.Engine.RunDockerAsync("inspect", "--format", "{{.Id}} {{.Image}} {{.State.StartedAt}} {{.RestartCount}}", "inventory-moves-1", "inventory-moves-2", "inventory-composed");

    private static async Task<string> BuildFolderAsync(string from)
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-inventory-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), $"FROM {from}\n", Token);
        return folder;
    }

    private async Task<string> PushIndexAsync(string repository, string tag, string amd64, string s390x)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://{world.Registry.Host}/v2/{repository}/manifests/") };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(ManifestType));
        var platform = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";
        var (own, other) = ((await http.GetByteArrayAsync("./" + amd64, Token)).Length, (await http.GetByteArrayAsync("./" + s390x, Token)).Length);
        var index = $$$"""
            {"schemaVersion":2,"mediaType":"{{{IndexType}}}","manifests":[
            {"mediaType":"{{{ManifestType}}}","digest":"{{{amd64}}}","size":{{{own}}},"platform":{"architecture":"{{{platform}}}","os":"linux"}},
            {"mediaType":"{{{ManifestType}}}","digest":"{{{s390x}}}","size":{{{other}}},"platform":{"architecture":"s390x","os":"linux"}}]}
            """;
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(index)) { Headers = { ContentType = new MediaTypeHeaderValue(IndexType) } };
        using var answer = await http.PutAsync(tag, body, Token);
        return answer.EnsureSuccessStatusCode().Headers.GetValues("Docker-Content-Digest").Single();
    }
}
