using System.Reflection;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli;

/// <summary>Tells on standard error why the program ends: for people by default, with the stack trace for PLIMSOLL_DEBUG=1.</summary>
internal static class Failure
{
    public const string DebugVariable = "PLIMSOLL_DEBUG";

    public static void Tell(Exception problem, Surroundings surroundings)
    {
        var cause = Unwrap(problem);
        var isDebug = surroundings.Variable(DebugVariable) is "1" or "true";
        var error = surroundings.Error;
        foreach (var line in Sentence(cause, isDebug).Split('\n'))
        {
            error.WriteLine(PrintableText.Line(line));
        }

        foreach (var detail in (cause as CommandFailedException)?.Details ?? [])
        {
            error.WriteLine("  " + PrintableText.Line(detail));
        }

        if (isDebug)
        {
            error.WriteLine(problem);
        }
    }

    private static string Sentence(Exception cause, bool isDebug) => IsWrittenForPeople(cause)
        ? $"plimsoll: {cause.Message}"
        : $"plimsoll: {cause.Message} ({cause.GetType().Name}{(isDebug ? "" : $"; {DebugVariable}=1 shows where it comes from")})";

    /// <summary>Plimsoll's own exceptions say what to do; those of the libraries below it only say what happened.</summary>
    private static bool IsWrittenForPeople(Exception problem) =>
        problem.GetType().Namespace?.StartsWith(nameof(Plimsoll), StringComparison.Ordinal) == true;

    private static Exception Unwrap(Exception problem) => problem switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        _ => problem,
    };
}
