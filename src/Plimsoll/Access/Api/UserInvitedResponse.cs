namespace Plimsoll.Access.Api;

/// <summary>A user, and the link with which they choose a password: only this answer holds it.</summary>
/// <param name="Link">Null when a password was given.</param>
/// <param name="Path">The link without the address of this Plimsoll, for those who know it by another.</param>
public sealed record UserInvitedResponse(UserResponse User, string? Link, string? Path)
{
    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"invitation of {User.Name}";
}
