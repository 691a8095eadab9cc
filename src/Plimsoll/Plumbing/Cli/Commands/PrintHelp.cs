using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>The usual help, and below it what else there is to know of the command.</summary>
internal sealed class PrintHelp(HelpAction usual, string rootDetails) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        var details = parseResult.CommandResult.Command switch
        {
            DescribedCommand command => command.Details,
            RootCommand => rootDetails,
            _ => "",
        };
        if (details.Length > 0)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(details);
        }

        return exitCode;
    }
}
