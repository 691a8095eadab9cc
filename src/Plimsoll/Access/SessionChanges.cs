using Plimsoll.Access.Users;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>Ends sessions that somebody does not want any more, their own or, as admin, another's.</summary>
internal sealed class SessionChanges(Store store, UserStore users, SessionStore sessions, EventLog events)
{
    /// <param name="kept">The session that stays; null: none.</param>
    public Task<Outcome<int>> EndAllAsync(long userId, Caller by, string? kept, CancellationToken cancellationToken) => store.WriteAsync<Outcome<int>>(
        scope =>
        {
            if (users.Find(scope, userId) is not { } user)
            {
                return UserChanges.NoUser(userId);
            }

            var ended = sessions.RemoveAllOf(scope, userId, kept);
            Tell(scope, user, by, $"{ended} session(s) of {user.Name} were ended by {by}.");
            return ended;
        },
        cancellationToken);

    public Task<Outcome<Nothing>> EndAsync(long userId, string session, Caller by, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (users.Find(scope, userId) is not { } user || !sessions.Remove(scope, userId, session))
            {
                return Refusal.NotFound("There is no such session.");
            }

            Tell(scope, user, by, $"A session of {user.Name} was ended by {by}.");
            return new Nothing();
        },
        cancellationToken);

    private void Tell(WriteScope scope, User user, Caller by, string text)
    {
        events.Append(scope, "session-ended", text);
        scope.Record(new Change("session-ended", $"sessions of {user.Name}"));
    }
}
