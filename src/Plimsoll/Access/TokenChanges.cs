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
        string? name, string? role, DateTimeOffset? expiresAt, Caller by, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string>();
        if (NameProblem(name) is { } problem)
        {
            errors["name"] = problem;
        }

        if (!Roles.TryParse(role, out var parsed))
        {
            errors["role"] = $"Write one of these roles: {string.Join(", ", Roles.All.Select(known => known.Text()))}.";
        }

        if (expiresAt <= time.GetUtcNow())
        {
            errors["expiresAt"] = "A token cannot expire in the past. Leave expiresAt out for a token that does not expire.";
        }

        return errors.Count > 0
            ? Task.FromResult<Outcome<(Token, Secret)>>(Refusal.Invalid(errors))
            : store.WriteAsync(scope => Add(scope, name!, parsed, expiresAt, by), cancellationToken);
    }

    public Task<Outcome<Nothing>> RemoveAsync(long id, Caller by, CancellationToken cancellationToken) => store.WriteAsync<Outcome<Nothing>>(
        scope =>
        {
            if (tokens.Remove(scope, id) is not { } name)
            {
                return Refusal.NotFound($"There is no token {id}.");
            }

            events.Append(scope, "token-removed", $"Token {name} was removed by {by}.");
            return new Nothing();
        },
        cancellationToken);

    private Outcome<(Token Token, Secret Secret)> Add(WriteScope scope, string name, Role role, DateTimeOffset? expiresAt, Caller by)
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

        var made = tokens.Add(scope, name, role, expiresAt);
        events.Append(scope, "token-made", $"Token {name} with role {role.Text()} was made by {by}.");
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
