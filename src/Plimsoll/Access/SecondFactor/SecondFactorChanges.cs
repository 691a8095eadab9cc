using System.Net;
using System.Security.Cryptography;
using Plimsoll.Access.Users;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.SecondFactor;

/// <summary>
/// Switches second factors on and off. Each step but the confirmation asks for the password again: a browser that somebody
/// left open must not be enough to lock its owner out.
/// </summary>
internal sealed class SecondFactorChanges(
    Store store, UserStore users, SessionStore sessions, SecondFactorStore factors, PasswordCheck check, EventLog events, TimeProvider time)
{
    private static readonly Refusal On = Refusal.Conflict("The second factor is on already. Switch it off first.");
    private static readonly Refusal Off = Refusal.Conflict("The second factor is off.");

    /// <returns>The key, which counts once a code of it has been confirmed.</returns>
    public async Task<(SignInAnswer Answer, byte[]? Key)> BeginAsync(Caller caller, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var answer = await PasswordAsync(caller, password, address, cancellationToken);
        if (answer.User is not { } user)
        {
            return (answer, null);
        }

        if (user.HasSecondFactor)
        {
            return (SignInAnswer.Refused(On), null);
        }

        var key = RandomNumberGenerator.GetBytes(Totp.KeyBytes);
        await store.WriteAsync(
            scope =>
            {
                factors.Begin(scope, user.Id, key);
                scope.Record(new Change("second-factor-begun", $"user {user.Name}"));
            },
            cancellationToken);
        return (answer, key);
    }

    /// <returns>The recovery codes: the only moment at which they are known.</returns>
    public Task<Outcome<RecoveryCodeList>> ConfirmAsync(Caller caller, string code, CancellationToken cancellationToken) =>
        store.WriteAsync<Outcome<RecoveryCodeList>>(
            scope =>
            {
                if (users.Find(scope, caller.UserId!.Value) is not { } user)
                {
                    return UserChanges.NoUser(caller.UserId.Value);
                }

                if (user.HasSecondFactor)
                {
                    return On;
                }

                if (!factors.TakeCode(scope, user.Id, code.Replace(" ", "", StringComparison.Ordinal), enabled: false, time.GetUtcNow()))
                {
                    return Refusal.Invalid("code", "This is not the code that the app shows now. Begin again if the app does not know Plimsoll, and look at the clocks of both.");
                }

                factors.Enable(scope, user.Id);
                sessions.RemoveAllOf(scope, user.Id, kept: caller.SessionHash);
                Tell(scope, "second-factor-on", user, $"{user.Name} switched their second factor on.");
                return new RecoveryCodeList(NewRecoveryCodes(scope, user.Id));
            },
            cancellationToken);

    public async Task<(SignInAnswer Answer, IReadOnlyList<string>? Codes)> RenewRecoveryCodesAsync(Caller caller, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var answer = await WithFactorAsync(caller, password, address, cancellationToken);
        return answer.User is not { } user ? (answer, null) : (answer, await store.WriteAsync(
            scope =>
            {
                Tell(scope, "recovery-codes-made", user, $"{user.Name} made new recovery codes.");
                return NewRecoveryCodes(scope, user.Id);
            },
            cancellationToken));
    }

    public async Task<SignInAnswer> SwitchOffAsync(Caller caller, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var answer = await WithFactorAsync(caller, password, address, cancellationToken);
        if (answer.User is { } user)
        {
            await store.WriteAsync(
                scope =>
                {
                    SecondFactorStore.Remove(scope, user.Id);
                    sessions.RemoveAllOf(scope, user.Id, kept: caller.SessionHash);
                    Tell(scope, "second-factor-off", user, $"{user.Name} switched their second factor off.");
                },
                cancellationToken);
        }

        return answer;
    }

    /// <summary>An admin helps somebody who lost phone and codes.</summary>
    public Task<Outcome<Nothing>> RemoveAsync(long userId, Caller by, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (users.Find(scope, userId) is not { } user)
            {
                return UserChanges.NoUser(userId);
            }

            SecondFactorStore.Remove(scope, userId);
            sessions.RemoveAllOf(scope, userId, kept: null);
            Tell(scope, "second-factor-off", user, $"The second factor of {user.Name} was switched off by {by}.");
            return new Nothing();
        },
        cancellationToken);

    private static IReadOnlyList<string> NewRecoveryCodes(WriteScope scope, long userId)
    {
        var codes = RecoveryCodes.New();
        SecondFactorStore.ReplaceRecoveryCodes(scope, userId, codes);
        return codes;
    }

    private void Tell(WriteScope scope, string kind, User user, string text)
    {
        events.Append(scope, kind, text);
        scope.Record(new Change(kind, $"user {user.Name}"));
    }

    private async Task<SignInAnswer> WithFactorAsync(Caller caller, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var answer = await PasswordAsync(caller, password, address, cancellationToken);
        return answer.User is { HasSecondFactor: false } ? SignInAnswer.Refused(Off) : answer;
    }

    private async Task<SignInAnswer> PasswordAsync(Caller caller, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var answer = await check.CheckAsync(caller.Name, password, address, cancellationToken);
        return answer == SignInAnswer.Wrong ? SignInAnswer.Refused(Refusal.Invalid("password", "This is not your password.")) : answer;
    }
}
