using System.Net;

namespace Plimsoll.Access;

/// <summary>
/// The one way from a name and a password to a user. Slow by design, so only half of the cores work on it at once and the
/// queue before it is short: guessing must not take the machine from the deployments.
/// </summary>
internal sealed class PasswordCheck(UserStore users, Passwords passwords, SignInThrottle throttle, VerifiedPasswords verified, FailedSignIns failed) : IDisposable
{
    private const int MostWaiting = 64;
    private const string TooManyFailures = "Too many failed sign-ins with this name from this address.";

    private readonly SemaphoreSlim _turn = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    public async Task<SignInAnswer> CheckAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        // The throttle comes before what is remembered: a remembered password is quick to guess.
        if (throttle.ClosedFor(name, address) is { } wait)
        {
            return SignInAnswer.TooMany(TooManyFailures, wait);
        }

        var user = users.Find(name);
        if (user is { Disabled: false } && verified.Contains(user, password))
        {
            return SignInAnswer.Right(user);
        }

        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return SignInAnswer.TooMany("Too many people sign in at this moment.", TimeSpan.FromSeconds(1));
        }

        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            // Those who were before in the queue may have closed the door: many guesses at once count like one after another.
            if (throttle.ClosedFor(name, address) is { } stillWait)
            {
                return SignInAnswer.TooMany(TooManyFailures, stillWait);
            }

            if (password.Length <= Passwords.Longest && passwords.Matches(user, password))
            {
                verified.Add(user!, password);
                return SignInAnswer.Right(user!);
            }

            throttle.CountFailure(name, address);
        }
        finally
        {
            _turn.Release();
        }

        await failed.RecordAsync(name, address);
        return SignInAnswer.Wrong;
    }

    public void Dispose() => _turn.Dispose();
}
