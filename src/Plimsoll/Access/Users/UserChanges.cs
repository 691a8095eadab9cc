using Plimsoll.Access.Api;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Users;

/// <summary>
/// Makes, changes and removes users. Whatever changes what a user may do ends their sessions, so no browser goes on with what
/// it was allowed before; and somebody who can change this all stays, whatever is asked.
/// </summary>
internal sealed class UserChanges(Store store, UserStore users, SessionStore sessions, Invitations invitations, Passwords passwords, EventLog events)
{
    private const int Most = 1_000;
    private static readonly Refusal LastAdmin = Refusal.Conflict("This is the last admin who can sign in. Make somebody else admin first.");

    /// <returns>The user, and the code of the invitation where no password was given.</returns>
    public async Task<Outcome<(User User, Secret? Invitation)>> AddAsync(UserRequest request, Caller by, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string>();
        if (UserNames.Problem(request.Name) is { } problem)
        {
            errors["name"] = problem;
        }

        if (!Roles.TryParse(request.Role, out var role))
        {
            errors["role"] = Roles.Expected;
        }

        if (request.Password is not null && Passwords.Problem(request.Password) is { } weak)
        {
            errors["password"] = weak;
        }

        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        // Slow on purpose, so not in the transaction.
        var hash = request.Password is null ? "" : passwords.Hash(request.Password);
        return await store.WriteAsync(scope => Add(scope, request, role, hash, by), cancellationToken);
    }

    public Task<Outcome<User>> UpdateAsync(long id, UserRequest request, Caller by, CancellationToken cancellationToken, EditCheck? check = null) => store.WriteAsync<Outcome<User>>(
        scope =>
        {
            if (users.Find(scope, id) is not { } stored)
            {
                return NoUser(id);
            }

            if (check?.Begin(scope) is { } stale)
            {
                return stale;
            }

            var wanted = request.Over(scope, stored);
            if (wanted.IsRefused(out var refusal))
            {
                return refusal;
            }

            var changed = wanted.Value!;
            if (IsActiveAdmin(stored) && !IsActiveAdmin(changed) && !users.AnotherAdminExists(scope, id))
            {
                return LastAdmin;
            }

            if (changed.OpenIdSubject is { } subject && users.FindByOpenId(scope, subject) is { } other && other.Id != id)
            {
                return Refusal.Conflict($"{other.Name} signs in as this subject already.");
            }

            users.Update(scope, changed);
            sessions.RemoveAllOf(scope, id, kept: null);
            check?.End(scope);
            events.Append(scope, "user-changed", $"User {stored.Name} was changed by {by}.");
            scope.Record(new Change("user-changed", $"user {stored.Name}") { Before = UserResponse.From(stored), After = UserResponse.From(changed) });
            return changed;
        },
        cancellationToken);

    public Task<Outcome<Nothing>> RemoveAsync(long id, Caller by, CancellationToken cancellationToken, EditCheck? check = null) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (users.Find(scope, id) is not { } user)
            {
                return NoUser(id);
            }

            if (check?.Begin(scope) is { } stale)
            {
                return stale;
            }

            if (IsActiveAdmin(user) && !users.AnotherAdminExists(scope, id))
            {
                return LastAdmin;
            }

            users.Remove(scope, id);
            events.Append(scope, "user-removed", $"User {user.Name} was removed by {by}.");
            scope.Record(new Change("user-removed", $"user {user.Name}") { Before = UserResponse.From(user) });
            return new Nothing();
        },
        cancellationToken);

    /// <summary>A new link for somebody who lost the first one or forgot their password. The password they have stays good until it is used.</summary>
    public Task<Outcome<(User User, Secret? Invitation)>> InviteAsync(long id, Caller by, CancellationToken cancellationToken) =>
        store.WriteAsync<Outcome<(User, Secret?)>>(
            scope =>
            {
                if (users.Find(scope, id) is not { } user)
                {
                    return NoUser(id);
                }

                events.Append(scope, "user-invited", $"User {user.Name} got a link to choose a password from {by}.");
                scope.Record(new Change("user-invited", $"user {user.Name}"));
                return (user, invitations.Issue(scope, id));
            },
            cancellationToken);

    public static Refusal NoUser(long id) => Refusal.NotFound($"There is no user {id}.");

    private static bool IsActiveAdmin(User user) => user is { Role: Role.Admin, Disabled: false };

    private Outcome<(User User, Secret? Invitation)> Add(WriteScope scope, UserRequest request, Role role, string hash, Caller by)
    {
        if (users.Find(scope, request.Name!) is { } taken)
        {
            return Refusal.Conflict($"There is already a user '{taken.Name}'.");
        }

        if (users.Count(scope) >= Most)
        {
            return Refusal.Conflict($"There are {Most} users already. Remove those who do not come any more.");
        }

        var restriction = ProjectScopes.Resolve(scope, request.AllProjects == true ? null : request.Projects, role);
        if (restriction.IsRefused(out var refusal))
        {
            return refusal;
        }

        var user = users.Add(scope, new User(0, request.Name!, hash, role) { Projects = restriction.Value!.Scope });
        events.Append(scope, "user-added", $"User {user.Name} with role {role.Text()} was added by {by}.");
        scope.Record(new Change("user-added", $"user {user.Name}") { After = UserResponse.From(user) });
        return (user, hash.Length == 0 ? invitations.Issue(scope, user.Id) : null);
    }
}
