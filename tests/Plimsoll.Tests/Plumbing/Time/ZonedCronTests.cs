using System.Globalization;
using Plimsoll.Plumbing.Time;

namespace Plimsoll.Tests.Plumbing.Time;

public sealed class ZonedCronTests
{
    [Theory]
    // Ordinary days, winter and summer.
    [InlineData("0 2 * * *", "Europe/Berlin", "2026-01-10T00:59:59Z", "2026-01-10T01:00:00Z")]
    [InlineData("0 2 * * *", "Europe/Berlin", "2026-01-10T01:00:00Z", "2026-01-11T01:00:00Z")]
    [InlineData("0 2 * * *", "Europe/Berlin", "2026-07-10T01:00:00Z", "2026-07-11T00:00:00Z")]
    [InlineData("30 4 * * 1-5", "America/New_York", "2026-05-01T12:00:00Z", "2026-05-04T08:30:00Z")]
    [InlineData("15 30 4 * * *", "UTC", "2026-05-01T12:00:00Z", "2026-05-02T04:30:15Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-05-01T12:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 1 JAN *", "UTC", "2026-05-01T12:00:00Z", "2027-01-01T00:00:00Z")]
    // 29 March 2026: 02:00 becomes 03:00 in Berlin, at 01:00 UTC.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 2,3 * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("0 2,3 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("30 1 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T00:30:00Z")]
    // 25 October 2026: 03:00 becomes 02:00 in Berlin, at 01:00 UTC; 02:30 is at 00:30 and at 01:30 UTC.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T01:15:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("*/30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:00:00Z")]
    // What happens every hour goes on in both of them, and does not catch up on an hour that was not there.
    [InlineData("30 * * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("30 * * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("*/10 * * * * *", "Europe/Berlin", "2026-10-25T00:59:55Z", "2026-10-25T01:00:00Z")]
    // Half an hour on Lord Howe, and a day that was not there at all on Samoa.
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:00:00Z", "2026-10-03T15:30:00Z")]
    [InlineData("0 12 30 12 *", "Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-30T10:00:00Z")]
    public void The_next_time(string cron, string zone, string after, string expected) =>
        Make(cron, zone).Next(At(after)).ShouldBe(At(expected));

    [Theory]
    [InlineData("0 2 * * *", "Europe/Berlin", "2026-01-10T01:00:00Z", "2026-01-10T01:00:00Z")]
    [InlineData("0 2 * * *", "Europe/Berlin", "2026-01-10T00:59:59Z", "2026-01-09T01:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T01:45:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("* * * * * *", "UTC", "2026-10-25T01:45:00.5Z", "2026-10-25T01:45:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-05-01T12:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("*/5 9-17 * * 1-5", "UTC", "2026-05-03T12:00:00Z", "2026-05-01T17:55:00Z")]
    public void The_time_before(string cron, string zone, string at, string expected) =>
        Make(cron, zone).Previous(At(at)).ShouldBe(At(expected));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("at noon")]
    [InlineData("0 2 * *")]
    [InlineData("0 2 * * * * *")]
    [InlineData("60 2 * * *")]
    [InlineData("0 0 30 2 *")]
    public void What_is_no_expression_or_never_happens_is_refused_with_a_sentence(string? text)
    {
        ZonedCron.TryParse(text, TimeZoneInfo.Utc, out var cron, out var problem).ShouldBeFalse();
        cron.ShouldBeNull();
        problem!.ShouldEndWith(".");
    }

    /// <summary>A year of each expression in several zones: always forward, and back again by the same steps.</summary>
    [Theory]
    [InlineData("0 2 * * *")]
    [InlineData("30 1,2,3 * * *")]
    [InlineData("17 */5 * * *")]
    [InlineData("45 * * * 0")]
    public void Forward_and_back_are_the_same_steps(string text)
    {
        foreach (var zone in (string[])["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"])
        {
            var cron = Make(text, zone);
            var at = At("2026-01-01T00:00:00Z");
            DateTimeOffset? before = null;
            while (at < At("2027-01-01T00:00:00Z"))
            {
                var next = cron.Next(at)!.Value;
                next.ShouldBeGreaterThan(at);
                cron.Previous(next).ShouldBe(next);
                if (before is not null)
                {
                    cron.Previous(next.AddTicks(-1)).ShouldBe(before, $"{text} in {zone}");
                }

                (before, at) = (next, next);
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("Berlin", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_zone_is_known_by_its_IANA_name(string? name, bool known) => (TimeZones.Problem(name) is null).ShouldBe(known);

    [Fact]
    public void A_frame_holds_from_its_begin_until_before_its_end()
    {
        var nights = new RecurringFrame(Make("0 22 * * *", "Europe/Berlin"), TimeSpan.FromHours(8));

        nights.EndOfFrameAt(At("2026-05-01T19:59:59Z")).ShouldBeNull();
        nights.EndOfFrameAt(At("2026-05-01T20:00:00Z")).ShouldBe(At("2026-05-02T04:00:00Z"));
        nights.EndOfFrameAt(At("2026-05-02T03:59:59Z")).ShouldBe(At("2026-05-02T04:00:00Z"));
        nights.EndOfFrameAt(At("2026-05-02T04:00:00Z")).ShouldBeNull();
        nights.NextBegin(At("2026-05-02T04:00:00Z")).ShouldBe(At("2026-05-02T20:00:00Z"));
    }

    [Fact]
    public void Frames_that_touch_are_one()
    {
        var mornings = new RecurringFrame(Make("0 6,7,8 * * *", "UTC"), TimeSpan.FromHours(1));

        mornings.EndOfFrameAt(At("2026-05-01T06:30:00Z")).ShouldBe(At("2026-05-01T09:00:00Z"));
    }

    [Theory]
    [InlineData("2h", 7_200, "2h")]
    [InlineData("90", 90, "1m30s")]
    [InlineData("1d12h", 129_600, "1d12h")]
    [InlineData("0s", 0, "0s")]
    public void A_duration_is_read_and_written(string text, int seconds, string written)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromSeconds(seconds));
        Duration.Write(duration).ShouldBe(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("2 h")]
    [InlineData("-2h")]
    [InlineData("1m1h")]
    [InlineData("99999999999999999999h")]
    public void What_is_no_duration_is_refused(string text) => Duration.TryParse(text, out _).ShouldBeFalse();

    private static ZonedCron Make(string text, string zone)
    {
        ZonedCron.TryParse(text, TimeZones.Find(zone)!, out var cron, out var problem).ShouldBeTrue(problem);
        return cron!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
