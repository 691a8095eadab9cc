using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access;

/// <summary>Finds the session of a request and keeps it alive while it is used.</summary>
internal sealed class LiveSessions(SessionStore sessions, ILogger<LiveSessions> log)
{
    public async Task<Session?> FindAsync(HttpContext context, string secret)
    {
        var session = sessions.Find(secret);
        if (session is null || !(sessions.IsDueForNote(session) || sessions.IsDueForExtension(session)))
        {
            return session;
        }

        try
        {
            await sessions.NoteAsync(session, SessionOrigin.Of(context), context.RequestAborted);
            if (sessions.IsDueForExtension(session))
            {
                SessionCookie.Write(context, secret);
            }
        }
        catch (StoreUnavailableException problem)
        {
            // The session is good for days yet. A full disk must not keep people from seeing that it is full.
            AccessLog.SessionNotExtended(log, session.UserName, problem);
        }

        return session;
    }
}
