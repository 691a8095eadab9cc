using System.Text.Json.Serialization;

namespace Plimsoll.Access.Api;

/// <summary>Who is signed in. <c>Kind</c> is <c>user</c> or <c>token</c>; only users have a password to change.</summary>
/// <param name="Projects">The projects that the caller is restricted to; absent: all.</param>
public sealed record CallerResponse(
    string Name, string Role, string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Projects = null)
{
    internal static CallerResponse From(Caller caller) => new(caller.Name, caller.Role.Text(), caller.IsUser ? "user" : "token", caller.Projects?.Names);

    internal static CallerResponse From(User user) => new(user.Name, user.Role.Text(), "user", user.Projects?.Names);
}
