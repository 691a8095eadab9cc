using System.Net;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Users;

/// <summary>Takes the code and the chosen password of an invitation. A wrong code counts against the address it came from.</summary>
internal sealed class InvitationAnswer(
    Store store, UserStore users, SessionStore sessions, Invitations invitations, Passwords passwords, EventLog events, TimeProvider time)
{
    private static readonly Refusal NotValid = Refusal.NotAllowed("This link is not valid: it was used already, has been replaced, or is older than seven days. Ask for a new one.");

    private readonly SignInThrottle _throttle = new(time);

    public async Task<SignInAnswer> AcceptAsync(string code, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (_throttle.ClosedFor("", address) is { } wait)
        {
            return SignInAnswer.TooMany("Too many wrong codes from this address.", wait);
        }

        if (invitations.Find(code) is null)
        {
            _throttle.CountFailure("", address);
            return SignInAnswer.Refused(NotValid);
        }

        if (Passwords.Problem(password) is { } problem)
        {
            return SignInAnswer.Refused(Refusal.Invalid("password", problem));
        }

        var hash = passwords.Hash(password);
        return await store.WriteAsync(scope => Accept(scope, code, hash, address), cancellationToken);
    }

    private SignInAnswer Accept(WriteScope scope, string code, string hash, IPAddress? address)
    {
        if (invitations.Take(scope, code) is not { } id || users.Find(scope, id) is not { Disabled: false } user)
        {
            return SignInAnswer.Refused(NotValid);
        }

        users.ChangePassword(scope, id, hash);
        sessions.RemoveAllOf(scope, id, kept: null);
        events.Append(scope, "invitation-accepted", $"{user.Name} chose a password from {ClientAddress.Text(address)}.");
        scope.Record(new Change("invitation-accepted", $"user {user.Name}") { Who = user.Name });
        return user.HasSecondFactor
            ? SignInAnswer.CodeNeeded("The password is set. Sign in with it and a code of your app.")
            : SignInAnswer.Right(user with { PasswordHash = hash });
    }
}
