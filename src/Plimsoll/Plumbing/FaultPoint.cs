using System.Collections.Concurrent;
using System.Diagnostics;

namespace Plimsoll.Plumbing;

/// <summary>
/// Named places where the tests of crash safety stop the program: <c>PLIMSOLL_FAULT=kill@before-switching</c> ends the
/// process there as <c>kill -9</c> would; <c>hold@after-pulling</c> writes <c>after-pulling.reached</c> into
/// <c>PLIMSOLL_FAULT_FOLDER</c> and goes on when that file is deleted; it holds once. Without the variable every point is a no-op.
/// </summary>
internal sealed class FaultPoint(string? faults, string? folder, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, bool> _faults = new(
        (faults ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Select(fault => KeyValuePair.Create(fault, true)));

    public async Task ReachAsync(string point, CancellationToken cancellationToken)
    {
        if (_faults.IsEmpty)
        {
            return;
        }

        if (_faults.ContainsKey("kill@" + point))
        {
            Process.GetCurrentProcess().Kill();
        }

        if (folder is not null && _faults.TryRemove("hold@" + point, out _))
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
