using System.Globalization;

namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>Times as they are read on this machine's wall clock.</summary>
internal static class Moments
{
    public static string Clock(DateTimeOffset at, TimeProvider time) => Local(at, time).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at, TimeProvider time) => Local(at, time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(DateTimeOffset at, TimeProvider time) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
}
