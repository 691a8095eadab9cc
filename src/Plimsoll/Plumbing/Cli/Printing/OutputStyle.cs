namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>For whom a command prints.</summary>
internal enum OutputStyle
{
    /// <summary>A person at a terminal: tables, colours, progress.</summary>
    Rich,

    /// <summary>Lines for a file, a log or a simple terminal.</summary>
    Plain,

    /// <summary>The data of the API's answer for a program; nothing else goes to standard output.</summary>
    Json,
}
