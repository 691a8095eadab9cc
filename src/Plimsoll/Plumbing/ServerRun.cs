using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing;

/// <summary>Runs the server until it is told to stop, and says in one line where it is.</summary>
internal static partial class ServerRun
{
    public static async Task RunUntilStoppedAsync(this WebApplication app, ServeOptions options, CancellationToken cancellationToken)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Plimsoll");
        var key = app.Services.GetRequiredService<Secrets.EncryptionKey>();
        if (key.WasGenerated)
        {
            LogKeyMade(log, options.DataFolder);
        }

        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException problem) when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new SettingsException([$"{EnvironmentSettings.Listen}: {options.Listen} is taken by another program. Stop that program, or set {EnvironmentSettings.Listen} to another address."]);
        }

        LogStarted(log, string.Join(", ", app.Urls), options.ProxyListen, options.DataFolder);
        await app.WaitForShutdownAsync(cancellationToken);
        LogStopped(log);
    }

    [LoggerMessage(110, LogLevel.Information, "Plimsoll is up. API at {Listen}, proxy at {ProxyListen}, data in {DataFolder}.")]
    private static partial void LogStarted(ILogger log, string listen, Uri proxyListen, string dataFolder);

    [LoggerMessage(111, LogLevel.Information, "Plimsoll has stopped.")]
    private static partial void LogStopped(ILogger log);

    [LoggerMessage(112, LogLevel.Warning, "No ENCRYPTION_KEY was given, so one was made: {DataFolder}/encryption.key. Keep a copy: without it the stored credentials cannot be read.")]
    private static partial void LogKeyMade(ILogger log, string dataFolder);
}
