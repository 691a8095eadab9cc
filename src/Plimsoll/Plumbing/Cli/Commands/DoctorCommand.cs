using System.CommandLine;
using System.Text.Json;
using Plimsoll.Plumbing.Cli.Doctor;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll doctor</c>: what is wrong on this machine, and what to do.</summary>
internal static class DoctorCommand
{
    private const string Details =
        """
        It looks with the settings of this shell, so run it as the user who runs the server. It changes nothing.

        Exit code: 0 if nothing is wrong, 1 if something is.
        """;

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("doctor", "Checks everything the server of this machine needs, and says what to do.", Details);
        var style = new StyleOptions(surroundings, "Print the findings as JSON.");
        style.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(new Checkup(surroundings), style.Printer(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkup checkup, Printer printer, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var finding in checkup.RunAsync(cancellationToken))
        {
            findings.Add(finding);
            Print(finding, printer);
        }

        printer.Data(JsonSerializer.SerializeToElement(findings, DoctorJson.Default.ListFinding));
        var problems = findings.Count(finding => finding.Mark == Mark.Problem);
        printer.Line(problems switch { 0 => "Nothing is wrong.", 1 => "One thing is wrong.", _ => $"{problems} things are wrong." });
        return problems == 0 ? ExitCode.Done : ExitCode.Problem;
    }

    private static void Print(Finding finding, Printer printer)
    {
        var (mark, mood) = finding.Mark switch
        {
            Mark.Ok => ("ok", Mood.Good),
            Mark.Note => ("note", Mood.Doubtful),
            Mark.Problem => ("problem", Mood.Bad),
            _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Mark, "There is no such mark."),
        };
        printer.Line($"{mark,-8} {finding.Check,-15} {finding.Text}", mood);
        if (finding.Advice is not null)
        {
            printer.Line($"{"",-8} {"",-15} -> {finding.Advice}");
        }
    }
}
