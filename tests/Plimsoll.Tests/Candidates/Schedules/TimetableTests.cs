using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Candidates.Schedules;

namespace Plimsoll.Tests.Candidates.Schedules;

public sealed class TimetableTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Schedule Nightly = new() { Name = "night", Cron = "0 3 * * *", TimeZone = "UTC", AtStart = false, ChangedAt = Now.AddDays(-30) };
    private static readonly Schedule Often = new() { Name = "often", EverySeconds = 600, ChangedAt = Now.AddDays(-30) };

    [Fact]
    public void A_job_is_done_at_the_start_when_it_says_so_and_not_when_it_does_not()
    {
        Next(Often, last: Now.AddSeconds(-5), isFirstLook: true).ShouldBe(Now);
        Next(Often with { AtStart = false }, last: Now.AddSeconds(-5), isFirstLook: true).ShouldBe(Now.AddSeconds(595));
    }

    [Fact]
    public void An_interval_counts_from_the_begin_of_the_last_run() =>
        Next(Often, last: Now.AddSeconds(-100)).ShouldBe(Now.AddSeconds(500));

    [Fact]
    public void A_job_without_a_time_of_its_own_follows_the_settings_and_rests_when_they_say_never()
    {
        var scan = new Schedule { Name = "scan" };
        Timetable.Next(scan, Now, false, 300, 0, Now).ShouldBe(Now.AddSeconds(300));
        Timetable.Next(scan, null, true, 0, 0, Now).ShouldBeNull();
    }

    [Fact]
    public void Jitter_moves_an_interval_and_no_cron_expression()
    {
        Timetable.Next(Often, Now, false, 0, 0.1, Now).ShouldBe(Now.AddSeconds(660));
        Timetable.Next(Nightly, Now.AddHours(-9), false, 0, 0.1, Now).ShouldBe(Now.AddHours(15));
    }

    [Fact]
    public void A_switched_off_job_is_never_due() => Next(Often with { Enabled = false }, last: null, isFirstLook: true).ShouldBeNull();

    [Theory]
    [InlineData(3, 30, "the same night, half an hour late", true)]
    [InlineData(4, 1, "more than an hour late", false)]
    [InlineData(12, 0, "at noon", false)]
    public void What_was_missed_is_made_up_for_within_an_hour_and_let_go_after_it(int hour, int minute, string case_, bool madeUpFor)
    {
        var now = new DateTimeOffset(2026, 3, 1, hour, minute, 0, TimeSpan.Zero);
        // Three nights were missed: it is one run all the same.
        var next = Timetable.Next(Nightly, now.AddDays(-3), false, 0, 0, now);
        next.ShouldBe(new DateTimeOffset(2026, 3, madeUpFor ? 1 : 2, 3, 0, 0, TimeSpan.Zero), case_);
        if (madeUpFor)
        {
            Timetable.Next(Nightly, now, false, 0, 0, now).ShouldBe(new DateTimeOffset(2026, 3, 2, 3, 0, 0, TimeSpan.Zero), "once is enough");
        }
    }

    [Fact]
    public void What_would_have_been_before_a_job_was_made_is_not_made_up_for() =>
        Timetable.Next(Nightly with { ChangedAt = Now, Cron = "55 11 * * *" }, null, false, 0, 0, Now).ShouldBe(Now.AddHours(23).AddMinutes(55));

    [Fact]
    public void The_hour_is_that_of_the_zone() =>
        Timetable.Next(Nightly with { TimeZone = "Europe/Berlin" }, Now, false, 0, 0, Now).ShouldBe(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Six_fields_begin_with_seconds() =>
        Timetable.Next(Nightly with { Cron = "30 * * * * *" }, Now, false, 0, 0, Now).ShouldBe(Now.AddSeconds(30));

    [Fact]
    public void However_long_a_job_was_away_it_is_due_once_and_then_later_than_now() => Prop.ForAll(
        Gen.Choose(0, 100_000).Zip(Gen.Choose(1, 59)).ToArbitrary(),
        given =>
        {
            var (minutesAway, every) = given;
            var schedule = Nightly with { Cron = $"*/{every} * * * *" };
            var first = Timetable.Next(schedule, Now.AddMinutes(-minutesAway), false, 0, 0, Now)!.Value;
            var second = Timetable.Next(schedule, Now, false, 0, 0, Now)!.Value;
            return second > Now && (first > Now || Now - first <= Timetable.Grace);
        }).QuickCheckThrowOnFailure();

    private static DateTimeOffset? Next(Schedule schedule, DateTimeOffset? last, bool isFirstLook = false) =>
        Timetable.Next(schedule, last, isFirstLook, pollingSeconds: 0, jitter: 0, Now);
}
