using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

/// <summary>With a stand-in for the program: what is looked at here is how it is started, watched and ended.</summary>
public sealed class PlimsollProcessTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ready_program_answers_on_its_two_ports()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(StandIn(), cancellation);

        (await plimsoll.Api.GetDataAsync("projects", cancellation))!.AsArray().Count.ShouldBe(1);
        using var answer = await plimsoll.GetThroughEdgeAsync("shop.example.test", "/cart", cancellation);
        (await answer.Content.ReadAsStringAsync(cancellation)).Trim().ShouldBe("shop.example.test /cart");
        plimsoll.Output.Text.ShouldContain("listening");
    }

    [Fact]
    public async Task A_refusal_of_the_api_is_an_error_with_its_code_and_message()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(StandIn(), cancellation);

        var refusal = await Should.ThrowAsync<HttpRequestException>(() => plimsoll.Api.GetDataAsync("refused", cancellation));
        var noEnvelope = await Should.ThrowAsync<HttpRequestException>(() => plimsoll.Api.GetDataAsync("missing", cancellation));

        refusal.Message.ShouldContain("40000");
        refusal.Message.ShouldContain("image required");
        noEnvelope.Message.ShouldContain("without an envelope");
    }

    [Fact]
    public async Task A_restart_keeps_ports_and_data()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(StandIn(), cancellation);
        var address = plimsoll.Address;

        (await plimsoll.StopAsync(cancellation)).ShouldBe(0);
        await plimsoll.StartAsync(cancellation);
        await plimsoll.KillAsync();
        plimsoll.IsRunning.ShouldBeFalse();
        await plimsoll.StartAsync(cancellation);

        plimsoll.Address.ShouldBe(address);
        File.ReadAllLines(Path.Combine(plimsoll.DataFolder, "starts")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_program_that_ends_before_it_is_ready_is_told_with_its_output()
    {
        var settings = StandIn() with { Command = ["/bin/sh", "-c", "echo the port is taken >&2; exit 7"] };

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => PlimsollProcess.StartNewAsync(settings, cancellation));

        failure.Message.ShouldContain("exit code 7");
        failure.Message.ShouldContain("the port is taken");
    }

    [Fact]
    public async Task A_program_that_never_gets_ready_is_told_with_its_output()
    {
        var settings = StandIn() with { Command = ["/bin/sh", "-c", "echo thinking; exec sleep 60"], ReadyWithin = TimeSpan.FromSeconds(1) };

        var failure = await Should.ThrowAsync<TimeoutException>(() => PlimsollProcess.StartNewAsync(settings, cancellation));

        failure.Message.ShouldContain("thinking");
    }

    [Fact]
    public async Task A_program_that_does_not_stop_is_killed_and_told()
    {
        var settings = StandIn() with { StopWithin = TimeSpan.FromMilliseconds(300), Environment = new Dictionary<string, string?> { ["STUBBORN"] = "1" } };
        await using var plimsoll = await PlimsollProcess.StartNewAsync(settings, cancellation);

        await Should.ThrowAsync<TimeoutException>(() => plimsoll.StopAsync(cancellation));

        plimsoll.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task A_held_program_waits_for_its_release()
    {
        await using var plimsoll = new PlimsollProcess(StandIn());
        plimsoll.Faults.HoldAt("before-ready");
        var starting = plimsoll.StartAsync(cancellation);

        await plimsoll.WaitForFaultAsync("before-ready", cancellation);
        starting.IsCompleted.ShouldBeFalse();
        plimsoll.ReleaseFault("before-ready");

        await starting;
        Should.Throw<InvalidOperationException>(() => plimsoll.ReleaseFault("before-ready"));
    }

    [Fact]
    public async Task A_program_that_kills_itself_starts_again_without_the_fault()
    {
        await using var plimsoll = new PlimsollProcess(StandIn());
        plimsoll.Faults.HoldAt("before-listening").KillAt("before-ready");
        await plimsoll.StartWithoutWaitingAsync();
        await plimsoll.WaitForFaultAsync("before-listening", cancellation);
        plimsoll.ReleaseFault("before-listening");

        (await plimsoll.WaitForExitAsync(cancellation)).ShouldBe(137);

        plimsoll.Faults.Clear();
        await plimsoll.StartAsync(cancellation);
    }

    [Fact]
    public async Task A_point_that_is_not_reached_is_told()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(StandIn(), cancellation);

        var failure = await Should.ThrowAsync<TimeoutException>(() => plimsoll.Faults.WaitForAsync("never", TimeSpan.FromMilliseconds(50), cancellation));

        failure.Message.ShouldContain("\"never\"");
    }

    [Fact]
    public async Task A_program_that_ends_before_the_point_is_told_at_once()
    {
        await using var plimsoll = new PlimsollProcess(StandIn());
        plimsoll.Faults.KillAt("before-listening").HoldAt("before-ready");
        await plimsoll.StartWithoutWaitingAsync();

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => plimsoll.WaitForFaultAsync("before-ready", cancellation));

        failure.Message.ShouldContain("exit code 137");
    }

    [Fact]
    public void Unless_told_otherwise_the_built_program_is_started()
    {
        var command = new PlimsollSettings { DockerHost = "unix:///nowhere" }.Command;

        command[^1].ShouldBe("serve");
        File.Exists(command[1]).ShouldBeTrue(command[1]);
    }

    private static PlimsollSettings StandIn() => new()
    {
        DockerHost = "unix:///nowhere/docker.sock",
        Command = ["/bin/sh", RepositoryFiles.PathOf("tests", "Plimsoll.EngineTests", "Support.SelfTests", "stand-in")],
    };
}
