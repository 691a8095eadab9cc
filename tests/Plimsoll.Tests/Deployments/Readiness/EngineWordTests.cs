using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments.Readiness;

/// <summary>What the engine's own word about a candidate leads to.</summary>
public sealed class EngineWordTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, false, "it ended with exit code 3.")]
    [InlineData(127, false, "it ended with exit code 127: a program was not found.")]
    [InlineData(139, false, "it ended with exit code 139: it crashed with SIGSEGV.")]
    [InlineData(137, true, "it was killed because it used more memory than it may (exit code 137).")]
    [InlineData(1, true, "a process of it was killed because it used more memory than it may (exit code 1).")]
    public async Task A_candidate_that_ended_is_broken_at_once(int exitCode, bool outOfMemory, string end)
    {
        var finding = await LookAsync($$"""{"Status":"exited","ExitCode":{{exitCode}},"OOMKilled":{{(outOfMemory ? "true" : "false")}},"FinishedAt":"{{_time.GetUtcNow():O}}"}""");
        finding.ShouldBe(new ReadinessFinding.Broken(DeploymentReason.ContainerExited, $"The new container did not stay up: {end}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(137)]
    [InlineData(143)]
    public async Task One_that_ended_as_a_stopped_one_does_is_blamed_a_little_later(int exitCode)
    {
        var state = $$"""{"Status":"exited","ExitCode":{{exitCode}},"FinishedAt":"{{_time.GetUtcNow():O}}"}""";
        (await LookAsync(state)).ShouldBeOfType<ReadinessFinding.NotYet>();
        _time.Advance(UntilContainerStaysUp.BeforeBlame);
        (await LookAsync(state)).ShouldBeOfType<ReadinessFinding.Broken>();
    }

    [Theory]
    [InlineData(null, 1, "broken")]
    [InlineData(0, 1, "broken")]
    [InlineData(30, 1, "not yet")]
    [InlineData(30, 29, "not yet")]
    [InlineData(30, 30, "broken")]
    public async Task Unhealthy_is_final_but_in_a_start_period_that_the_project_gives(int? startSeconds, int secondsUp, string outcome)
    {
        var state = $$$"""{"Status":"running","Running":true,"StartedAt":"{{{_time.GetUtcNow():O}}}","Health":{"Status":"unhealthy","FailingStreak":3,"Log":[{"Output":"no database\n"}]}}""";
        _time.Advance(TimeSpan.FromSeconds(secondsUp));
        var finding = await LookAsync(state, hasHealthCheck: true, new HealthProof(StartSeconds: startSeconds));
        finding.ShouldBe(outcome == "broken"
            ? new ReadinessFinding.Broken(DeploymentReason.Unhealthy, "The image's own health check failed 3 times in a row and said: no database.") { Probe = "its own health check said: no database" }
            : new ReadinessFinding.NotYet("its own health check has not succeeded yet and said: no database") { Probe = "its own health check said: no database" });
    }

    [Fact]
    public async Task The_engine_is_heard_at_every_look_and_the_candidate_only_when_it_is_due()
    {
        var asked = new AskedCondition();
        var gate = new HealthGate([new UntilContainerStaysUp(_time), asked], _time);
        var proof = new HealthProof(IntervalSeconds: 60);
        var probation = await gate.LookAsync(Seen.Target(Seen.Running, port: 80, proof: proof), Probation.Begun, Token);

        _time.Advance(TimeSpan.FromSeconds(1));
        probation = await gate.LookAsync(Seen.Target(Seen.Running, port: 80, proof: proof), probation, Token);
        asked.Times.ShouldBe(1);
        probation = await gate.LookAsync(Seen.Target("""{"Status":"exited","ExitCode":3}""", port: 80, proof: proof), probation, Token);

        probation.Standing.ShouldBeOfType<ReadinessFinding.Broken>().Sentence.ShouldContain("exit code 3");
        probation.LastProbe.ShouldBe("it answered 503");
    }

    private async Task<ReadinessFinding> LookAsync(string state, bool hasHealthCheck = false, HealthProof? proof = null) =>
        (await new HealthGate([new UntilContainerStaysUp(_time), new UntilContainerIsHealthy(_time)], _time)
            .LookAsync(Seen.Target(state, hasHealthCheck, proof: proof), Probation.Begun, Token)).Standing;

    private sealed class AskedCondition : IReadinessCondition
    {
        public int Times { get; private set; }

        public bool AsksTheCandidate => true;

        public bool AppliesTo(ReadinessTarget target) => true;

        public Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken)
        {
            Times++;
            return Task.FromResult<ReadinessFinding>(new ReadinessFinding.NotYet("it answered 503") { Probe = "it answered 503" });
        }
    }
}
