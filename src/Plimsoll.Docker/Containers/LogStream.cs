namespace Plimsoll.Docker;

/// <summary>Where a line of a log was written to.</summary>
public enum LogStream
{
    /// <summary>Standard output; everything, for a container with a terminal.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
