namespace Plimsoll.Access;

/// <summary>What this chapter writes to the log: ids 200 to 299.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(200, LogLevel.Warning, "Nobody can sign in yet. Open {Link} to choose the password of the user admin. The link works once, until Plimsoll is started again.")]
    public static partial void SetupLink(ILogger log, string link);

    [LoggerMessage(201, LogLevel.Warning, "The session of {User} could not be extended; it goes on until it expires.")]
    public static partial void SessionNotExtended(ILogger log, string user, Exception problem);

    [LoggerMessage(202, LogLevel.Warning, "A sign-in through OpenID Connect failed: {Reason}")]
    public static partial void OpenIdFailed(ILogger log, string reason, Exception? problem);
}
