namespace Plimsoll.EngineTests.Support;

/// <summary>
/// Places in the program where a test makes it die or wait. The program reads PLIMSOLL_FAULT, "action@point;…", and for a hold
/// writes {point}.reached into PLIMSOLL_FAULT_FOLDER and goes on when that file is deleted.
/// </summary>
public sealed class FaultPoints(string folder)
{
    private readonly List<string> faults = [];

    public string Folder { get; } = folder;

    /// <summary>Value of PLIMSOLL_FAULT; null when there is nothing to do.</summary>
    public string? Plan => faults.Count == 0 ? null : string.Join(';', faults);

    /// <summary>The program ends itself with SIGKILL when it reaches the point, such as "before-switching".</summary>
    public FaultPoints KillAt(string point) => Add("kill", point);

    /// <summary>The program stops at the point until <see cref="Release"/>.</summary>
    public FaultPoints HoldAt(string point) => Add("hold", point);

    /// <summary>The next start is without faults.</summary>
    public void Clear() => faults.Clear();

    /// <summary>Returns as soon as the program is held at the point.</summary>
    public async Task WaitForAsync(string point, TimeSpan limit, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Folder, FileOf(point));
        watcher.Created += (_, _) => reached.TrySetResult();
        watcher.Renamed += (_, _) => reached.TrySetResult();
        watcher.EnableRaisingEvents = true;
        // Looked at only once the watch is on, so that a file written in between is seen by one of the two.
        if (!IsHeldAt(point))
        {
            try
            {
                await reached.Task.WaitAsync(limit, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"The program did not reach \"{point}\" within {limit.TotalSeconds:0.#} s (plan: {Plan ?? "none"}).");
            }
        }
    }

    public bool IsHeldAt(string point) => File.Exists(Path.Combine(Folder, FileOf(point)));

    /// <summary>Lets a held program go on.</summary>
    public void Release(string point)
    {
        if (!IsHeldAt(point))
        {
            throw new InvalidOperationException($"The program is not held at \"{point}\".");
        }

        File.Delete(Path.Combine(Folder, FileOf(point)));
    }

    /// <summary>A program that was killed while it was held has left its mark; the next one must not find it.</summary>
    internal void ForgetReached()
    {
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            File.Delete(file);
        }
    }

    private static string FileOf(string point) => point + ".reached";

    private FaultPoints Add(string action, string point)
    {
        faults.Add($"{action}@{point}");
        return this;
    }
}
