namespace Plimsoll.Edge;

/// <summary>What the proxy says to the operator. Event ids 600 to 699; a number is never used for something else.</summary>
internal static partial class EdgeLog
{
    [LoggerMessage(600, LogLevel.Information, "The proxy listens on {Addresses}")]
    public static partial void Listening(this ILogger logger, string addresses);

    [LoggerMessage(601, LogLevel.Information, "The proxy has stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(602, LogLevel.Information, "{Host} goes to instance {InstanceId} of {Project}/{Stage}")]
    public static partial void RouteChanged(this ILogger logger, string host, string instanceId, string project, string stage);

    [LoggerMessage(603, LogLevel.Debug, "{Host} waits until instance {InstanceId} of {Project}/{Stage} is verified")]
    public static partial void RouteWaits(this ILogger logger, string host, string instanceId, string project, string stage);

    [LoggerMessage(604, LogLevel.Information, "{Host} is not published any more")]
    public static partial void RouteGone(this ILogger logger, string host);

    [LoggerMessage(605, LogLevel.Warning, "{Host} is asked for twice: {Project}/{Stage} keeps it, {OtherProject}/{OtherStage} is left out")]
    public static partial void HostAskedForTwice(this ILogger logger, string host, string project, string stage, string otherProject, string otherStage);

    [LoggerMessage(606, LogLevel.Warning, "The drain of instance {InstanceId} was over its limit of {Limit}: {Requests} open requests were aborted")]
    public static partial void DrainCut(this ILogger logger, string instanceId, TimeSpan limit, int requests);

    [LoggerMessage(607, LogLevel.Warning, "Instance {InstanceId} at {Address} failed a request for {Host}: {Failure}. {Problem}. Further failures are not shown for ten seconds")]
    public static partial void InstanceFailed(this ILogger logger, string instanceId, Uri address, string host, ForwardingFailure failure, string? problem);

    [LoggerMessage(608, LogLevel.Information, "{Connections} WebSockets and event streams of instance {InstanceId} were closed at the start of its drain, as the settings ask")]
    public static partial void LongLivedClosed(this ILogger logger, int connections, string instanceId);
}
