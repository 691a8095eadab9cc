using Plimsoll.Docker;
using Plimsoll.EngineTests.Docker;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>How a version that has served its time is asked to go. The numbers of signals: 9 SIGKILL, 10 SIGUSR1, 15 SIGTERM.</summary>
public sealed class GraceTests(EngineWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_is_asked_to_stop_with_its_own_signal() =>
        (await ReplaceAsync("own-signal", ImageKind.OwnStopSignal, setting: 60, stage: 0)).ShouldBe("signals 10, exit code 42");

    /// <summary>It goes on for four seconds after the signal: it is let, or it is not.</summary>
    [Theory]
    [InlineData("patient", 60, 0, "signals 15, exit code 0")]
    [InlineData("impatient", 1, 0, "signals 15 9, exit code 137")]
    [InlineData("impatient-stage", 60, 1, "signals 15 9, exit code 137")]
    [InlineData("patient-stage", 1, 60, "signals 15, exit code 0")]
    public async Task A_container_is_killed_when_its_grace_time_is_over_and_not_before(string project, int setting, int stage, string end) =>
        (await ReplaceAsync(project, ImageKind.SlowToStop, setting, stage)).ShouldBe(end);

    [Fact]
    public async Task A_grace_time_counts_for_the_next_container_that_is_stopped_also_one_that_was_made_before()
    {
        const string project = "grace-now";
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var first = await DeployFirstAsync(plimsoll, project, ImageKind.SlowToStop, setting: 60, stage: 0);
        await plimsoll.ChangeSettingsAsync(new { stopSeconds = 1 }, Token);
        (await EndOfFirstAsync(plimsoll, project, first)).ShouldBe("signals 15 9, exit code 137");
    }

    /// <returns>How the first version ended when a second one took its place.</returns>
    private async Task<string> ReplaceAsync(string project, ImageKind kind, int setting, int stage)
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var first = await DeployFirstAsync(plimsoll, project, kind, setting, stage);
        (await world.Engine.RunDockerAsync("inspect", "--format", "{{.Config.StopTimeout}}", $"{project}-rel-v1-{first}"))
            .ShouldBe((stage == 0 ? setting : stage).ToString(), "others who stop it give it the same time");
        return await EndOfFirstAsync(plimsoll, project, first);
    }

    private async Task<string> DeployFirstAsync(PlimsollProcess plimsoll, string project, ImageKind kind, int setting, int stage)
    {
        var v1 = await world.Images.PublishAsync(kind, "v1", project, "v1", Token);
        await plimsoll.ChangeSettingsAsync(new { stopSeconds = setting, drainSeconds = 0 }, Token);
        await plimsoll.AddProjectAsync(project, v1.Repository, Token, new { name = "rel", tagPattern = "v*", autoDeploy = true, stopSeconds = stage });
        var answer = await plimsoll.PushAsync(v1, Token);
        ((string)answer["state"]!).ShouldBe("succeeded", answer.ToJsonString());
        return (string)answer["deployId"]!;
    }

    private async Task<string> EndOfFirstAsync(PlimsollProcess plimsoll, string project, string first)
    {
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", project, "v2", Token);
        await using var engine = TestEngine.Connect();
        var signals = new List<string>();
        Task? push = null;
        var filter = new EventFilter { Types = ["container"], Actions = ["kill", "die"], Labels = [$"plimsoll.instance={first}"] };
        await foreach (var next in engine.Events.WatchAsync(filter, null, Token))
        {
            if (next.IsConnectionEstablished)
            {
                push = plimsoll.PushAsync(v2, Token);
            }
            else if (next.Action == "kill")
            {
                signals.Add(next.Attributes["signal"]);
            }
            else if (next.Action == "die")
            {
                await push!;
                return $"signals {string.Join(' ', signals)}, exit code {next.Attributes["exitCode"]}";
            }
        }

        throw new InvalidOperationException("The engine stopped telling what happens.");
    }
}
