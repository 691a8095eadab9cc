using System.Globalization;

namespace Plimsoll.Deployments.Readiness;

/// <summary>Exit codes of containers, and what shells and kernels mean by some of them.</summary>
internal static class ExitCode
{
    public const int NotExecutable = 126;
    public const int NotFound = 127;
    public const int Killed = 137;
    public const int Terminated = 143;

    private const int Aborted = 134;
    private const int Crashed = 139;

    public static string Told(int code)
    {
        var meaning = code switch
        {
            0 => "it ended without an error, but it should go on running",
            NotExecutable => "a program could not be run",
            NotFound => "a program was not found",
            Aborted => "it gave up by itself with SIGABRT",
            Killed => "killed with SIGKILL",
            Crashed => "it crashed with SIGSEGV",
            Terminated => "stopped with SIGTERM",
            _ => null,
        };
        var number = code.ToString(CultureInfo.InvariantCulture);
        return meaning is null ? number : $"{number}: {meaning}";
    }
}
