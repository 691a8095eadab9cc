namespace Plimsoll.Access;

/// <summary>Where a session is used from, as its owner will want to recognise it.</summary>
internal sealed record SessionOrigin(string Address, string? UserAgent)
{
    private const int LongestAgent = 200;

    public static SessionOrigin Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new SessionOrigin(
            ClientAddress.Text(context.Connection.RemoteIpAddress),
            agent.Length == 0 ? null : PrintableName.Of(agent, LongestAgent));
    }
}
