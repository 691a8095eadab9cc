using System.Text.Json.Nodes;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>What a person finds in the morning about a version that did not make it.</summary>
public sealed class FailureTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_reason_tells_the_exit_code_and_the_last_words_without_the_values_of_variables()
    {
        const string project = "last-words";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.ExitsAtOnce, "v1", project, "v1", Token);
        await plimsoll.AddProjectAsync(project, image.Repository, Token);
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, $"projects/{project}", new { env = new Dictionary<string, string> { ["PASSWORD"] = "URL is not" } }, Token);

        var end = await FailAsync(plimsoll, image);

        // In between it may have been asked, and have refused.
        ((string)end["reason"]!).ShouldStartWith("The new container did not stay up: it ended with exit code 3.");
        ((string)end["reason"]!).ShouldEndWith(" Its last words: cannot start: DATABASE_[PASSWORD] set");
        ((int)end["failure"]!["exitCode"]!).ShouldBe(3);
        ((bool)end["failure"]!["outOfMemory"]!).ShouldBeFalse();
        end["failure"]!["log"]!.AsArray().Select(line => (string?)line).ShouldBe(["cannot start: DATABASE_[PASSWORD] set"]);
        ((string)end["failure"]!["whatToDo"]!).ShouldContain("last log lines");
        end["steps"]!.AsArray().Select(step => (string)step!["text"]!).ShouldContain(text => text.StartsWith("What to do: ", StringComparison.Ordinal));
        (await plimsoll.ReadDeploymentsAsync(Token))[0]!["failure"].ShouldBeNull("lists are short");
    }

    [Fact]
    public async Task A_container_that_took_too_much_memory_is_known_by_that()
    {
        const string project = "greedy";
        Assert.SkipUnless(await HasMemoryLimitsAsync(), "The kernel of this machine does not limit the memory of containers.");
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.EatsMemory, "v1", project, "v1", Token);
        await plimsoll.AddProjectAsync(project, image.Repository, Token, new { name = "rel", tagPattern = "v*", autoDeploy = true, memoryLimit = 16 });

        var end = await FailAsync(plimsoll, image);

        ((string)end["reason"]!).ShouldStartWith("The new container did not stay up: it was killed because it used more memory than it may (exit code 137).");
        ((string)end["reason"]!).ShouldEndWith(" Its last words: filling the cache");
        ((bool)end["failure"]!["outOfMemory"]!).ShouldBeTrue();
        ((string)end["failure"]!["whatToDo"]!).ShouldContain("memoryLimit, which is 16 megabytes");
    }

    private static async Task<JsonNode> FailAsync(PlimsollProcess plimsoll, TestImage image)
    {
        var answer = await plimsoll.PushAsync(image, Token);
        ((string)answer["state"]!).ShouldBe("rolled-back", answer.ToJsonString());
        var end = await plimsoll.ReadDeploymentAsync((string)answer["deployId"]!, Token);
        ((string)end["reasonCode"]!).ShouldBe("container-exited");
        return end;
    }

    private async Task<bool> HasMemoryLimitsAsync() =>
        await world.Engine.RunDockerAsync("info", "--format", "{{.MemoryLimit}}") == "true";
}
