using System.Diagnostics;

namespace Plimsoll.EngineTests.Support;

/// <summary>A server process that this harness started and therefore may end. What it writes is kept, within bounds.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan DieWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWordsWithin = TimeSpan.FromSeconds(1);
    private readonly Process process;
    private readonly Task reading;

    private ChildProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public BoundedOutput Output { get; } = new();

    /// <param name="environment">Added to the own environment; null removes a variable.</param>
    public static ChildProcess Start(string file, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment) =>
        new(Command.StartProcess(file, arguments, environment));

    /// <summary>Returns when the process is gone and its last words are read.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        // A grandchild that lives on may hold the pipe open, so the end of the output is not waited for without a limit.
        await Task.WhenAny(reading, Task.Delay(LastWordsWithin, cancellationToken));
        return process.ExitCode;
    }

    /// <summary>SIGTERM. A process that is still there at the limit is killed, and that is an error.</summary>
    public async Task<int> TerminateAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        LinuxCalls.Terminate(process.Id);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            return await WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await KillAsync();
            throw new TimeoutException($"{process.StartInfo.FileName} did not stop within {limit.TotalSeconds:0.#} s. Its last lines:\n{Output.LastLines(30)}");
        }
    }

    /// <summary>SIGKILL, to this process alone.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            LinuxCalls.Kill(process.Id);
        }

        using var deadline = new CancellationTokenSource(DieWithin);
        await WaitForExitAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private async Task ReadAsync(StreamReader stream)
    {
        try
        {
            while (await stream.ReadLineAsync() is { } line)
            {
                Output.Add(line);
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposing closes the pipe under a read that a grandchild kept waiting.
            Output.Add("(end of output: the pipe was closed)");
        }
    }
}
