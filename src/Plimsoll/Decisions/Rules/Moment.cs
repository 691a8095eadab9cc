using System.Globalization;

namespace Plimsoll.Decisions.Rules;

/// <summary>Writes instants for sentences. Pure.</summary>
internal static class Moment
{
    public static string Of(DateTimeOffset instant, TimeZoneInfo? zone = null)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone ?? TimeZoneInfo.Utc);
        return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm} {(zone is null || zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime ? "UTC" : zone.Id)}");
    }
}
