namespace Plimsoll.Registry.Authentication;

/// <summary>How to be let in: with the credential itself (Basic), or with a token for these scopes (Bearer).</summary>
/// <param name="Realm">The token server, already accepted by <see cref="RealmRule"/>; null for Basic.</param>
/// <param name="Service">Who the token is for; some registries do not say.</param>
/// <param name="Scopes">What the token is for; the one the registry looks at comes first.</param>
internal sealed record SignInPlan(Uri? Realm, string? Service, IReadOnlyList<string> Scopes)
{
    public static SignInPlan Basic { get; } = new(null, null, []);
}
