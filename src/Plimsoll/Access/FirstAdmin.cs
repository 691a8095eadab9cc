using System.Net;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>
/// Makes the user <c>admin</c> when there is no user yet: with the password of the environment at start, or through the
/// set-up link. With a user in the store neither does anything, so an old variable cannot undo a changed password.
/// </summary>
internal sealed class FirstAdmin(Store store, UserStore users, Passwords passwords, SetupCode code, EventLog events)
{
    public const string Name = "admin";

    /// <returns>The secret of the set-up link, when somebody has to follow it.</returns>
    /// <exception cref="SettingsException">The password of the environment is too short or too long.</exception>
    public async Task<Secret?> PrepareAsync(string? password, CancellationToken cancellationToken)
    {
        if (users.Any())
        {
            return null;
        }

        if (password is null)
        {
            return code.Issue();
        }

        if (Passwords.Problem(password) is { } problem)
        {
            throw new SettingsException([$"{EnvironmentSettings.AdminPassword}: {problem}"]);
        }

        await AddAsync(password, "with the password of the environment", cancellationToken);
        return null;
    }

    /// <summary>The caller has checked the code. Of two at once, one wins.</summary>
    public Task<Outcome<User>> SetUpAsync(string password, IPAddress? address, CancellationToken cancellationToken) =>
        AddAsync(password, $"through the set-up link from {ClientAddress.Text(address)}", cancellationToken);

    private Task<Outcome<User>> AddAsync(string password, string how, CancellationToken cancellationToken)
    {
        var hash = passwords.Hash(password);
        return store.WriteAsync<Outcome<User>>(
            scope =>
            {
                if (users.Any(scope))
                {
                    return AlreadyDone;
                }

                scope.Record(new Change("set-up-done", $"user {Name}") { Who = Name });
                events.Append(scope, "set-up-done", $"User {Name} was made {how}.");
                scope.AfterCommit(code.Close);
                return users.Add(scope, new User(0, Name, hash, Role.Admin));
            },
            cancellationToken);
    }

    public static Refusal AlreadyDone => Refusal.Conflict("Plimsoll is set up already. Sign in instead.");
}
