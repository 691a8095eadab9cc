using System.Net;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access.SecondFactor;

/// <summary>
/// Asks for a code those who have one, after their password was right. A wrong one counts against the pair of name and
/// address, as a wrong password does, in a book of its own; checks go one after another, so that many at once count too.
/// </summary>
internal sealed class SecondFactorCheck(Store store, SecondFactorStore factors, FailedSignIns failed, TimeProvider time) : IDisposable
{
    private readonly SignInThrottle _throttle = new(time);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="code">Of the app, or a recovery code; null or empty: none was sent yet.</param>
    public async Task<SignInAnswer> CheckAsync(User user, string? code, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!user.HasSecondFactor)
        {
            return SignInAnswer.Right(user);
        }

        if (string.IsNullOrWhiteSpace(code))
        {
            return SignInAnswer.CodeNeeded("This user has a second factor. Send the code of the app, or a recovery code, as well.");
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_throttle.ClosedFor(user.Name, address) is { } wait)
            {
                return SignInAnswer.TooMany("Too many wrong codes for this name from this address.", wait);
            }

            if (await TakeAsync(user, code.Trim(), cancellationToken))
            {
                return SignInAnswer.Right(user);
            }

            _throttle.CountFailure(user.Name, address);
        }
        finally
        {
            _turn.Release();
        }

        await failed.RecordAsync(user.Name, address);
        return SignInAnswer.CodeNeeded("This code is not the right one, or was used already.");
    }

    public void Dispose() => _turn.Dispose();

    private Task<bool> TakeAsync(User user, string code, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            if (factors.TakeCode(scope, user.Id, code.Replace(" ", "", StringComparison.Ordinal), enabled: true, time.GetUtcNow()))
            {
                return true;
            }

            if (!SecondFactorStore.TakeRecoveryCode(scope, user.Id, code))
            {
                return false;
            }

            scope.Record(new Change("recovery-code-used", $"user {user.Name}") { Who = user.Name });
            return true;
        },
        cancellationToken);
}
