using Plimsoll.Access.Api;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

/// <summary>Makes and removes tokens, and says in an event who did it.</summary>
internal sealed class TokenChanges(Store store, TokenStore tokens, EventLog events, TimeProvider time)
{
    private const int Most = 500;
    private const int LongestName = 64;

    public Task<Outcome<(Token Token, Secret Secret)>> AddAsync(
        string? name, string? role, DateTimeOffset? expiresAt, Caller by, CancellationToken cancellationToken, IReadOnlyList<string?>? projects = null)
    {
        var errors = new Dictionary<string, string>();
        if (NameProblem(name) is { } problem)
        {
            errors["name"] = problem;
        }

        if (!Roles.TryParse(role, out var parsed))
        {
            errors["role"] = Roles.Expected;
        }

        if (expiresAt <= time.GetUtcNow())
        {
            errors["expiresAt"] = "A token cannot expire in the past. Leave expiresAt out for a token that does not expire.";
        }

        return errors.Count > 0
            ? Task.FromResult<Outcome<(Token, Secret)>>(Refusal.Invalid(errors))
            : store.WriteAsync(scope => Add(scope, name!, parsed, expiresAt, projects, by), cancellationToken);
    }

    public Task<Outcome<Nothing>> RemoveAsync(long id, Caller by, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (tokens.Find(scope, id) is not { } token)
            {
                return Refusal.NotFound($"There is no token {id}.");
            }

            tokens.Remove(scope, id);
            events.Append(scope, "token-removed", $"Token {token.Name} was removed by {by}.");
            scope.Record(new Change("token-removed", $"token {token.Name}") { Before = TokenResponse.From(token) });
            return new Nothing();
        },
        cancellationToken);

    private Outcome<(Token Token, Secret Secret)> Add(
        WriteScope scope, string name, Role role, DateTimeOffset? expiresAt, IReadOnlyList<string?>? projects, Caller by)
    {
        tokens.RemoveExpired(scope);
        if (tokens.NameExists(scope, name))
        {
            return Refusal.Conflict($"There is already a token '{name}'.");
        }

        if (tokens.Count(scope) >= Most)
        {
            return Refusal.Conflict($"There are {Most} tokens already. Remove those that nobody uses.");
        }

        var restriction = ProjectScopes.Resolve(scope, projects, role);
        if (restriction.IsRefused(out var refusal))
        {
            return refusal;
        }

        var made = tokens.Add(scope, name, role, expiresAt, restriction.Value!.Scope);
        events.Append(scope, "token-made", $"Token {name} with role {role.Text()} was made by {by}.");
        scope.Record(new Change("token-made", $"token {name}") { After = TokenResponse.From(made.Token) });
        return made;
    }

    private static string? NameProblem(string? name) => name switch
    {
        null or "" => "A name is needed, so that somebody can tell later what the token is for.",
        { Length: > LongestName } => $"A name has at most {LongestName} characters.",
        CommandLineToken.Name => $"'{CommandLineToken.Name}' is the name of the token that Plimsoll makes for its own commands. Choose another.",
        _ when name != PrintableName.Of(name) || name != name.Trim() => "Write the name on one line, without spaces at either end.",
        _ => null,
    };
}
