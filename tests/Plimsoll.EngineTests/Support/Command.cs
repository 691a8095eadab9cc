using System.Diagnostics;

namespace Plimsoll.EngineTests.Support;

/// <summary>Runs a program to its end and hands back what it wrote.</summary>
public static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <returns>Standard output, without the white space at its end.</returns>
    /// <exception cref="CommandFailedException">The exit code was not 0; carries both streams.</exception>
    public static Task<string> RunAsync(string file, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(file, arguments, [], cancellationToken);

    /// <inheritdoc cref="RunAsync(string, IEnumerable{string}, CancellationToken)"/>
    public static async Task<string> RunAsync(
        string file,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>> environment,
        CancellationToken cancellationToken)
    {
        var words = arguments.ToList();
        using var process = StartProcess(file, words, environment);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await Task.WhenAll(process.WaitForExitAsync(deadline.Token), output, error);
            return process.ExitCode == 0
                ? (await output).TrimEnd()
                : throw new CommandFailedException([file, .. words], process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!process.HasExited)
        {
            process.Kill();
            throw;
        }
    }

    public static async Task<bool> SucceedsAsync(string file, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(file, arguments, cancellationToken);
            return true;
        }
        catch (CommandFailedException)
        {
            return false;
        }
    }

    internal static Process StartProcess(string file, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo(Find(file), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["PATH"] = SearchPath();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        process.StandardInput.Close();
        return process;
    }

    private static string Find(string file) =>
        file.Contains('/') ? file
        : SearchPath().Split(':').Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{file} is not installed. `scripts/install-test-needs` installs what the tests need.");

    // Debian keeps dockerd and iptables where only root's own path finds them.
    private static string SearchPath() => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
}
