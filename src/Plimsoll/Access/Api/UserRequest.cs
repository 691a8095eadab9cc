using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>A user to be made, or the fields of one that are to be changed.</summary>
public sealed record UserRequest
{
    private const int LongestSubject = 500;

    /// <summary>Only when the user is made: a name stays.</summary>
    public string? Name { get; init; }

    /// <summary><c>viewer</c>, <c>operator</c> or <c>admin</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Only when the user is made. 10 to 256 characters; absent: the answer holds a link with which the user chooses one.</summary>
    public string? Password { get; init; }

    /// <summary>Names or numbers: the user sees these projects and no others. Absent: as it is; for a new user, all.</summary>
    public IReadOnlyList<string?>? Projects { get; init; }

    /// <summary>True lifts a restriction to projects.</summary>
    public bool? AllProjects { get; init; }

    /// <summary>True: the user cannot sign in.</summary>
    public bool? Disabled { get; init; }

    /// <summary>"issuer subject": who this user is at the OpenID Connect provider. Empty: nobody there.</summary>
    public string? OpenIdSubject { get; init; }

    /// <summary>Records print their properties; this one may hold a password.</summary>
    public override string ToString() => $"user {Name}";

    internal Outcome<User> Over(WriteScope scope, User stored)
    {
        var errors = new Dictionary<string, string>();
        var role = stored.Role;
        if (Role is not null && !Roles.TryParse(Role, out role))
        {
            errors["role"] = Roles.Expected;
        }

        if (Name is not null && Name != stored.Name)
        {
            errors["name"] = "A user keeps their name: the audit trail calls them by it. Make another user instead.";
        }

        if (Password is not null)
        {
            errors["password"] = "Nobody sets another person's password. POST /api/users/{id}/invite makes a link with which they choose one.";
        }

        if (OpenIdSubject is { Length: > 0 } subject && (subject.Length > LongestSubject || subject.Trim().Split(' ').Length != 2))
        {
            errors["openIdSubject"] = "Write the issuer, a space, and the subject: 'https://id.example.org 248289761001'.";
        }

        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        // An admin sees all: whoever becomes one loses their restriction.
        var keeps = Projects is null && AllProjects != true && role != Access.Role.Admin;
        var restriction = keeps ? new ProjectRestriction(stored.Projects) : ProjectScopes.Resolve(scope, AllProjects == true ? null : Projects, role);
        return restriction.IsRefused(out var refusal) ? refusal : stored with
        {
            Role = role,
            Disabled = Disabled ?? stored.Disabled,
            Projects = restriction.Value!.Scope,
            OpenIdSubject = OpenIdSubject switch { null => stored.OpenIdSubject, "" => null, _ => OpenIdSubject.Trim() },
        };
    }
}
