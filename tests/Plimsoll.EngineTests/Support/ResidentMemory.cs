using System.Globalization;

namespace Plimsoll.EngineTests.Support;

/// <summary>What the kernel says about a process in /proc.</summary>
/// <param name="Megabytes">Now.</param>
/// <param name="PeakMegabytes">Ever.</param>
internal sealed record ResidentMemory(double Megabytes, double PeakMegabytes)
{
    public static ResidentMemory Of(int processId)
    {
        var lines = File.ReadAllLines($"/proc/{processId}/status");
        return new ResidentMemory(Read(lines, "VmRSS:"), Read(lines, "VmHWM:"));
    }

    private static double Read(IEnumerable<string> lines, string name) =>
        double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
