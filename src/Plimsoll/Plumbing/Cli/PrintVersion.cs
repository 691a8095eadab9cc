using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Plimsoll.Plumbing.Cli;

/// <summary>Prints the version without the commit the build adds to it.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public static string Text { get; } =
        typeof(PrintVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"plimsoll {Text}");
        return ExitCode.Done;
    }
}
