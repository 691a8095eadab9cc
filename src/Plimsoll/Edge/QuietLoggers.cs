using Microsoft.Extensions.Logging.Abstractions;

namespace Plimsoll.Edge;

/// <summary>
/// Passes the loggers of the program on, without those that speak about every single request: the host's (which also make it start an
/// activity for each one) and the forwarder's, whose failures the proxy tells in its own words.
/// </summary>
internal sealed class QuietLoggers(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => IsChatty(categoryName) ? NullLogger.Instance : inner.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The proxy logs where the program logs.");

    // The factory belongs to the program.
    public void Dispose()
    {
    }

    private static bool IsChatty(string category) =>
        category.StartsWith("Yarp.", StringComparison.Ordinal) || category.StartsWith("Microsoft.AspNetCore.Hosting", StringComparison.Ordinal)
        || category.StartsWith("Microsoft.Hosting", StringComparison.Ordinal);
}
