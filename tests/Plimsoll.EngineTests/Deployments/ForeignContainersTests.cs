using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>Invariant 6: what this Plimsoll did not make is never touched, however much it looks like it.</summary>
public sealed class ForeignContainersTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_of_a_person_and_of_another_Plimsoll_survive_starts_deployments_and_sweeps()
    {
        const string project = "foreign";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", project, "v1", Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token);
        var first = (string)(await plimsoll.PushAsync(v1, Token))["deployId"]!;
        await RunAsync("a-persons", v1, []);
        await RunAsync("of-another-plimsoll", v1, Labels(project, "another", "ffffffffff"));
        // Labels can be copied from one container to the next, by "docker inspect" and a script: only the instance is new.
        await RunAsync("without-an-installation", v1, Labels(project, null, first));
        await world.Engine.RunDockerAsync("stop", "--time", "0", "of-another-plimsoll");
        var before = await ForeignAsync();

        await plimsoll.KillAsync();
        await plimsoll.StartAsync(Token);
        ((string)(await plimsoll.PushAsync(v2, Token))["state"]!).ShouldBe("succeeded");
        await plimsoll.StopAsync(Token);
        await plimsoll.StartAsync(Token);
        await plimsoll.ShouldSoonServeAsync("stage-rel-foreign.localhost", v2.Body, Token);

        (await ForeignAsync()).ShouldBe(before);
    }

    private static List<string> Labels(string project, string? installation, string instance) =>
    [
        .. new[] { $"plimsoll.project={project}", "plimsoll.stage=rel", $"plimsoll.instance={instance}", $"plimsoll.deployment={instance}" }
            .Concat(installation is null ? [] : [$"plimsoll.installation={installation}"])
            .SelectMany(label => new[] { "--label", label }),
    ];

    private Task<string> RunAsync(string name, TestImage image, List<string> labels) =>
        world.Engine.RunDockerAsync(["run", "--detach", "--network", "none", "--name", name, .. labels, image.LocalTag], Token);

    private async Task<IReadOnlyList<string>> ForeignAsync() =>
    [
        .. (await EngineSnapshot.TakeAsync(world.Engine, Token)).Containers
            .Where(container => container.Name is "a-persons" or "of-another-plimsoll" or "without-an-installation")
            .Select(container => $"{container.Id} {container}").Order(StringComparer.Ordinal),
    ];
}
