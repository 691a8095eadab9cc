using System.CommandLine;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>A command with more to say than the one line it has in the list of commands.</summary>
internal sealed class DescribedCommand(string name, string summary, string details) : Command(name, summary)
{
    /// <summary>Shown below the options when this command's own help is asked for.</summary>
    public string Details { get; set; } = details;
}
