namespace Plimsoll.Plumbing.Time;

/// <summary>Time zones by their IANA names: <c>Europe/Berlin</c>, <c>UTC</c>. Pure, but for the table of the system.</summary>
internal static class TimeZones
{
    public const string Utc = "UTC";
    private const int LongestName = 64;

    /// <returns>Null: the system knows no zone of that name.</returns>
    public static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= LongestName }
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;

    /// <summary>The sentence that says why a name cannot be used, or null.</summary>
    public static string? Problem(string? name) => Find(name) is not null
        ? null
        : $"'{Excerpt(name)}' is not a time zone: write its IANA name, such as Europe/Berlin or UTC.";

    private static string Excerpt(string? name) => name is null ? "" : name.Length <= LongestName ? name : name[..LongestName] + "…";
}
