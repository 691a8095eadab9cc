namespace Plimsoll.Access.Api;

/// <summary>How one can sign in here.</summary>
/// <param name="OpenId">What the button of the OpenID Connect provider says; null: there is none.</param>
/// <param name="OpenIdPath">Where that button leads; <c>?returnTo=/projects</c> names the page to come back to.</param>
public sealed record SignInWaysResponse(string? OpenId, string? OpenIdPath);
