using System.Globalization;

namespace Plimsoll.Docker;

/// <summary>
/// Times as the engine writes them. It counts nanoseconds, .NET counts hundreds of them; where the difference matters (continuing a
/// stream of events) the engine's own number is kept.
/// </summary>
internal static class EngineTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Null for what is not a time, and for the year 1, by which the engine means "never".</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time.Year > 1
            ? time
            : null;

    public static DateTimeOffset FromUnixNanoseconds(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    public static long ToUnixNanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>The form of the parameters "since" and "until": seconds, a point, nine digits.</summary>
    public static string ToParameter(long unixNanoseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.DivRem(Math.Max(0, unixNanoseconds), NanosecondsPerSecond, out var rest)}.{rest:D9}");

    public static string ToParameter(DateTimeOffset time) => ToParameter(ToUnixNanoseconds(time));
}
