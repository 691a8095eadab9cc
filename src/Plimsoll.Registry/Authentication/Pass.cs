using System.Net.Http.Headers;

namespace Plimsoll.Registry.Authentication;

/// <summary>What is sent to be let in, and how it came about.</summary>
internal sealed class Pass(AuthenticationHeaderValue header, SignInPlan plan)
{
    public AuthenticationHeaderValue Header => header;

    public SignInPlan Plan => plan;

    /// <summary>Null for Basic.</summary>
    public TokenKey? Key { get; init; }

    /// <summary>Taken from memory: a refusal may only mean that it is no longer good.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>The credential stands behind it; false for a token that anybody gets.</summary>
    public bool UsesCredential { get; init; }

    /// <summary>The credential was refused, and this is what anybody gets.</summary>
    public RegistryException? Refusal { get; init; }
}
