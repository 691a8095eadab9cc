namespace Plimsoll.Docker;

/// <summary>
/// One line of a log, without its line end. At is only there when it was asked for. A very long line comes in pieces; all but the last
/// say that it continues.
/// </summary>
public sealed record LogLine(LogStream Stream, string Text, DateTimeOffset? At, bool Continues = false);
