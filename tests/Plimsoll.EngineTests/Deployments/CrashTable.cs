using System.Collections.Concurrent;
using System.Text;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Deployments;

/// <summary>What the crash tests saw, printed as one table when the last of them is over, and left in artifacts/tests/crash-matrix.md.</summary>
public sealed class CrashTable : IDisposable
{
    private const string NotSeen = "**not converged**";
    private readonly ConcurrentDictionary<CrashCase, (string Serving, string End)> rows = new();

    /// <summary>Before the test looks: a case that fails is in the table as well.</summary>
    public void Begin(CrashCase crash) => rows[crash] = ("", NotSeen);

    public void Complete(CrashCase crash, string servingAfterStart, string end) => rows[crash] = (servingAfterStart, end);

    public void Dispose()
    {
        if (rows.IsEmpty)
        {
            return;
        }

        var text = new StringBuilder("| Strategy | Step | Killed at | Served after the start | In the end |\n|---|---|---|---|---|\n");
        foreach (var (crash, (serving, end)) in rows.OrderBy(row => Array.IndexOf(CrashCase.Steps, row.Key.Step)).ThenBy(row => row.Key.Order))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| blue-green | {crash.Step} | {crash.Killed} | {serving} | {end} |\n");
        }

        var file = RepositoryFiles.PathOf("artifacts", "tests", "crash-matrix.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.ToString());
        Console.Out.WriteLine($"\nkill -9, start again ({rows.Count} cases):\n{text}");
    }
}
