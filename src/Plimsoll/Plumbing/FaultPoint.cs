using System.Diagnostics;

namespace Plimsoll.Plumbing;

/// <summary>
/// Named places where the tests of crash safety stop the program: <c>PLIMSOLL_FAULT=kill@before-switching</c> ends the
/// process there as <c>kill -9</c> would; <c>hold@after-pulling</c> writes <c>after-pulling.reached</c> into
/// <c>PLIMSOLL_FAULT_FOLDER</c> and goes on when that file is deleted. Without the variable every point is a no-op.
/// </summary>
internal sealed class FaultPoint(string? faults, string? folder, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<string> _faults =
        (faults ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);

    public async Task ReachAsync(string point, CancellationToken cancellationToken)
    {
        if (_faults.Count == 0)
        {
            return;
        }

        if (_faults.Contains("kill@" + point))
        {
            Process.GetCurrentProcess().Kill();
        }

        if (_faults.Contains("hold@" + point) && folder is not null)
        {
            var marker = Path.Combine(folder, point + ".reached");
            await File.WriteAllBytesAsync(marker, [], cancellationToken);
            while (File.Exists(marker))
            {
                await Task.Delay(LookAgain, time, cancellationToken);
            }
        }
    }
}
