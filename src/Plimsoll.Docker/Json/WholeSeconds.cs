namespace Plimsoll.Docker;

/// <summary>The engine counts time limits in whole seconds; a part of one is rounded up, and "without end" is -1.</summary>
internal static class WholeSeconds
{
    public static long Of(TimeSpan length) => length == Timeout.InfiniteTimeSpan ? -1 : (long)Math.Ceiling(Math.Max(0, length.TotalSeconds));
}
