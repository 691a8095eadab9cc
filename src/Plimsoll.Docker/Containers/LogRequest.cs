namespace Plimsoll.Docker;

/// <summary>
/// Which part of a log to read. TailLines null means all of it. Follow goes on until the container stops. Since leaves out older lines.
/// </summary>
public sealed record LogRequest(int? TailLines = null, bool Follow = false, bool Timestamps = false, DateTimeOffset? Since = null)
{
    /// <summary>The longest piece of a line, in bytes; a longer line comes in several.</summary>
    public int LongestLine { get; init; } = 64 * 1024;
}
