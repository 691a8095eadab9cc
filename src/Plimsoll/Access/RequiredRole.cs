namespace Plimsoll.Access;

/// <summary>What an endpoint says about itself, so that a "not allowed" can name the role that is needed.</summary>
internal sealed record RequiredRole(Role Role);
