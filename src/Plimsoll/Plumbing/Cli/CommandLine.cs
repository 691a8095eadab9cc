using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli;

internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Func<ServeOptions, CancellationToken, Task> serve)
    {
        await serve(EnvironmentSettings.Read(Environment.GetEnvironmentVariable), CancellationToken.None);
        return args.Length == int.MaxValue ? 1 : 0;
    }
}
