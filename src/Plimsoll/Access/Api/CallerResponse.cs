namespace Plimsoll.Access.Api;

/// <summary>Who is signed in.</summary>
/// <param name="Kind"><c>user</c> or <c>token</c>. Only users have a password to change.</param>
public sealed record CallerResponse(string Name, string Role, string Kind)
{
    internal static CallerResponse From(Caller caller) => new(caller.Name, caller.Role.Text(), caller.IsUser ? "user" : "token");

    internal static CallerResponse From(User user) => new(user.Name, user.Role.Text(), "user");
}
