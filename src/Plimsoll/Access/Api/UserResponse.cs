namespace Plimsoll.Access.Api;

/// <summary>A user as admins see them.</summary>
/// <param name="AllProjects">False: only those in <paramref name="Projects"/>, which may have become none.</param>
/// <param name="HasPassword">False: the invitation waits, or the OpenID Connect provider signs this user in.</param>
/// <param name="OpenIdSubject">Issuer and subject there.</param>
/// <param name="InvitedUntil">Until when the link is good with which they choose a password; null: there is none.</param>
public sealed record UserResponse(
    long Id, string Name, string Role, bool AllProjects, IReadOnlyList<string> Projects, bool Disabled, bool HasPassword, bool HasSecondFactor,
    string? OpenIdSubject, DateTimeOffset CreatedAt, DateTimeOffset? InvitedUntil)
{
    internal static UserResponse From(User user) => From(user, null);

    internal static UserResponse From(User user, DateTimeOffset? invitedUntil) => new(
        user.Id, user.Name, user.Role.Text(), user.Projects is null, user.Projects?.Names ?? [], user.Disabled, user.HasPassword, user.HasSecondFactor,
        user.OpenIdSubject, user.CreatedAt, invitedUntil);
}
