using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>On an engine of the test's own: what is an image's last user, and how full is the disk, is asked of the whole engine.</summary>
public sealed class ImageTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_beyond_the_rollback_targets_go_and_those_of_others_stay()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await using var plimsoll = await StartAsync(engine);
        await plimsoll.ChangeSettingsAsync(new { keepDeployments = 2 }, Token);
        var versions = new List<TestImage>();
        foreach (var tag in new[] { "v1", "v2", "v3", "v4", "v5" })
        {
            versions.Add(await world.Images.PublishAsync(ImageKind.Healthy, tag, "retention", tag, Token));
        }

        await plimsoll.AddProjectAsync("retention", versions[0].Repository, Token);
        var deployments = new List<string>();
        foreach (var version in versions)
        {
            deployments.Add((string)(await plimsoll.PushAsync(version, Token))["deployId"]!);
            if (version == versions[0])
            {
                // Somebody else runs the first version, and has given the second a name of their own.
                await engine.RunDockerAsync("run", "--detach", "--network", "none", "--name", "somebody-elses", versions[0].Pinned);
            }

            if (version == versions[1])
            {
                await engine.RunDockerAsync("tag", versions[1].Pinned, "mine:kept");
            }
        }

        await Eventually.IsTrueAsync(
            async _ => (await DigestsAsync(engine)).SetEquals([versions[0].Digest, versions[1].Digest, versions[3].Digest, versions[4].Digest]),
            PlimsollSteps.Patience, () => plimsoll.Output.LastLines(30), Token);

        // The other rollback target is there: it comes back without a registry.
        var back = (string)(await plimsoll.Api.PostDataAsync($"deploys/{deployments[3]}/rollback", null, Token))!["deployId"]!;
        ((string)(await plimsoll.ReadDeploymentAsync(back, Token, wait: 60))["state"]!).ShouldBe("succeeded");
        await plimsoll.ShouldSoonServeAsync("stage-rel-retention.localhost", versions[3].Body, Token);
    }

    [Fact]
    public async Task A_disk_too_full_for_the_image_refuses_the_deployment_before_the_pull_and_says_why()
    {
        await using var engine = new PrivateEngine();
        await engine.InitializeAsync();
        await using var plimsoll = await StartAsync(engine);
        await plimsoll.ChangeSettingsAsync(new { minimumFreeMegabytes = 900_000_000 }, Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "disk-too-full", "v1", Token);
        await plimsoll.AddProjectAsync("disk-too-full", image.Repository, Token);

        var id = (string)(await plimsoll.PushAsync(image, Token))["deployId"]!;

        var refused = await plimsoll.ReadDeploymentAsync(id, Token, wait: 60);
        ((string)refused["state"]!).ShouldBe("failed", refused.ToJsonString());
        ((string)refused["reasonCode"]!).ShouldBe("disk-too-full");
        ((string)refused["reason"]!).ShouldContain("minimumFreeMegabytes");
        (await DigestsAsync(engine)).ShouldBeEmpty("nothing was pulled");
        await plimsoll.ChangeSettingsAsync(new { minimumFreeMegabytes = 1 }, Token);
        ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded", "a full disk says nothing against the image");
    }

    private static async Task<PlimsollProcess> StartAsync(PrivateEngine engine)
    {
        var plimsoll = await PlimsollProcess.StartNewAsync(new PlimsollSettings { DockerHost = engine.Endpoint }, Token);
        await plimsoll.ChangeSettingsAsync(new { watchSeconds = 0 }, Token);
        return plimsoll;
    }

    private static async Task<HashSet<string>> DigestsAsync(PrivateEngine engine) =>
        [.. (await engine.RunDockerAsync("image", "ls", "--digests", "--format", "{{.Digest}}")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(digest => digest != "<none>")];
}
