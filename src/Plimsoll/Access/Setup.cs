using System.Net;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>Takes the code and the chosen password of the set-up page. A wrong code counts against the address it came from.</summary>
internal sealed class Setup(SetupCode code, FirstAdmin firstAdmin, TimeProvider time)
{
    /// <summary>Its own: nobody's sign-in is slowed by somebody who guesses codes.</summary>
    private readonly SignInThrottle _throttle = new(time);

    public async Task<SignInAnswer> CompleteAsync(string given, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!code.IsOpen)
        {
            return SignInAnswer.Refused(FirstAdmin.AlreadyDone);
        }

        if (_throttle.ClosedFor("", address) is { } wait)
        {
            return SignInAnswer.TooMany("Too many wrong codes from this address.", wait);
        }

        if (!code.Matches(given))
        {
            _throttle.CountFailure("", address);
            return SignInAnswer.Refused(Refusal.NotAllowed("This set-up link is not valid. The newest one is in Plimsoll's log."));
        }

        if (Passwords.Problem(password) is { } problem)
        {
            return SignInAnswer.Refused(Refusal.Invalid("password", problem));
        }

        var outcome = await firstAdmin.SetUpAsync(password, address, cancellationToken);
        return outcome.IsRefused(out var refusal) ? SignInAnswer.Refused(refusal) : SignInAnswer.Right(outcome.Value!);
    }
}
