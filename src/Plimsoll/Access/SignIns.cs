using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Access;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SignIns(Store store, SessionStore sessions, TokenStore tokens, EventLog events)
{
    /// <summary>The session <paramref name="replaced"/>, which this browser had until now, ends.</summary>
    public Task<Secret> BeginAsync(User user, SessionOrigin origin, string? replaced, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            sessions.RemoveExpired(scope);
            tokens.RemoveExpired(scope);
            if (replaced is not null)
            {
                sessions.Remove(scope, replaced);
            }

            events.Append(scope, "signed-in", $"{user.Name} signed in from {origin.Address}.");
            return sessions.Add(scope, user.Id, origin);
        },
        cancellationToken);

    public void EndAll(WriteScope scope, long userId) => sessions.RemoveAllOf(scope, userId, kept: null);

    public Task EndAsync(string sessionHash, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => sessions.Remove(scope, sessionHash), cancellationToken);
}
