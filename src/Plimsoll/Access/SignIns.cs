using System.Net;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Access;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SignIns(Store store, SessionStore sessions, TokenStore tokens, EventLog events)
{
    /// <param name="replaced">The hash of the session this browser had until now: it ends.</param>
    public Task<Secret> BeginAsync(User user, IPAddress? address, string? replaced, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            sessions.RemoveExpired(scope);
            tokens.RemoveExpired(scope);
            if (replaced is not null)
            {
                sessions.Remove(scope, replaced);
            }

            events.Append(scope, "signed-in", $"{user.Name} signed in from {ClientAddress.Text(address)}.");
            return sessions.Add(scope, user.Id);
        },
        cancellationToken);

    public Task EndAsync(string sessionHash, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => sessions.Remove(scope, sessionHash), cancellationToken);
}
