using System.Net;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>Gives the signed-in user another password. Whoever knew the old one is out: every other session ends.</summary>
internal sealed class PasswordChange(
    Store store, UserStore users, SessionStore sessions, PasswordCheck check, Passwords passwords, EventLog events)
{
    public async Task<SignInAnswer> ChangeAsync(
        Caller caller, string current, string next, IPAddress? address, CancellationToken cancellationToken)
    {
        if (Passwords.Problem(next) is { } problem)
        {
            return SignInAnswer.Refused(Refusal.Invalid("next", problem));
        }

        // A browser that somebody left open is not enough to take the account over.
        var answer = await check.CheckAsync(caller.Name, current, address, cancellationToken);
        if (answer.User is not { } user)
        {
            return answer == SignInAnswer.Wrong
                ? SignInAnswer.Refused(Refusal.Invalid("current", "This is not your current password."))
                : answer;
        }

        var hash = passwords.Hash(next);
        await store.WriteAsync(
            scope =>
            {
                users.ChangePassword(scope, user.Id, hash);
                sessions.RemoveAllOf(scope, user.Id, kept: caller.SessionHash);
                scope.Record(new Change("password-changed", $"user {user.Name}"));
                events.Append(scope, "password-changed", $"{user.Name} changed their password from {ClientAddress.Text(address)}.");
            },
            cancellationToken);
        return answer;
    }
}
