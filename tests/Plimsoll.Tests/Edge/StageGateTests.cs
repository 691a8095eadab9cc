using Plimsoll.Apps;
using Plimsoll.Edge;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Edge;

public sealed class StageGateTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_waits_when_the_time_is_over_is_given_up_and_whoever_comes_later_at_once()
    {
        var gate = new StageGate(Paused(seconds: 30), 10, _time);
        var waiting = gate.PassAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(29));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await waiting).Kind.ShouldBe(PassageKind.TimeOver);
        (await gate.PassAsync(Stop)).Kind.ShouldBe(PassageKind.TimeOver);
        gate.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_longer_pause_keeps_those_who_wait_already()
    {
        var gate = new StageGate(Paused(seconds: 30), 10, _time);
        var waiting = gate.PassAsync(Stop);
        gate.Hold(Paused(seconds: 60), 10);
        _time.Advance(TimeSpan.FromSeconds(59));
        waiting.IsCompleted.ShouldBeFalse();
        gate.Waiting.ShouldBe(1);
        gate.Open();
        (await waiting).Kind.ShouldBe(PassageKind.Through);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_by_a_year_holds_nobody_back_for_ever_or_throws()
    {
        var gate = new StageGate(Paused(seconds: 400 * 24 * 3600), 10, _time);
        var waiting = gate.PassAsync(Stop);
        _time.Advance(TimeSpan.FromHours(5));
        waiting.IsCompleted.ShouldBeFalse();
        gate.Open();
        (await waiting).Kind.ShouldBe(PassageKind.Through);
    }

    [Fact]
    public async Task A_queue_of_none_refuses_the_first()
    {
        var gate = new StageGate(Paused(seconds: 30), 0, _time);
        (await gate.PassAsync(Stop)).Kind.ShouldBe(PassageKind.QueueFull);
        gate.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_stage_paused_anew_right_after_it_was_opened_lets_those_go_on_who_waited_before()
    {
        var gates = new StageGates(_time);
        gates.Apply([Paused(seconds: 30)], 10);
        var waiting = gates.Find(1)!.PassAsync(Stop);
        gates.Apply([], 10);
        gates.AreAllOpen.ShouldBeTrue();
        gates.Apply([Paused(seconds: 30)], 10);
        (await waiting).Kind.ShouldBe(PassageKind.Through);
        gates.Find(1)!.Waiting.ShouldBe(0);
    }

    private HeldStage Paused(int seconds) => new(1, StageTraffic.Paused, _time.GetUtcNow().AddSeconds(seconds));
}
