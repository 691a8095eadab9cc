namespace Plimsoll.Edge;

/// <summary>
/// The proxy is started and stopped by the program around it. Without this its host would hear Ctrl+C and SIGTERM as well and stop on its own.
/// </summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
