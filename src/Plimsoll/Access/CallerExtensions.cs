using System.Security.Claims;

namespace Plimsoll.Access;

internal static class CallerExtensions
{
    /// <summary>For endpoints behind <see cref="RequireRoleExtensions.RequireRole{TBuilder}"/>, where there always is one.</summary>
    public static Caller Caller(this ClaimsPrincipal user) =>
        user.FindCaller() ?? throw new InvalidOperationException("Nobody is signed in. The endpoint lacks RequireRole.");

    /// <summary>Null when nobody is signed in.</summary>
    public static Caller? FindCaller(this ClaimsPrincipal user) =>
        user.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller;
}
