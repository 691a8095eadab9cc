using System.Globalization;

namespace Plimsoll.EngineTests.Support;

/// <summary>One line of the process table, read from /proc. The start time tells a process from a later one with the same id.</summary>
internal sealed record RunningProcess(int Id, int ParentId, long StartTime, IReadOnlyList<string> CommandLine)
{
    public string Program => CommandLine.Count == 0 ? "" : Path.GetFileName(CommandLine[0]);

    public static RunningProcess? Find(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            // The second field is the program's name in brackets and may itself hold blanks and brackets.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var isDead = fields[0] is "Z" or "X";
            var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return isDead ? null : new RunningProcess(id, Number(fields[1]), long.Parse(fields[19], CultureInfo.InvariantCulture), arguments);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static IReadOnlyList<RunningProcess> All() =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let process = Find(Number(Path.GetFileName(folder)))
           where process is not null
           select process,
    ];

    public bool HasEnvironment(string name, string startOfValue)
    {
        try
        {
            return File.ReadAllText($"/proc/{Id}/environ").Split('\0').Any(entry => entry.StartsWith($"{name}={startOfValue}", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
