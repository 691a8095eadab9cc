using Microsoft.AspNetCore.Authentication.OAuth;

namespace Plimsoll.Access.OpenId;

/// <summary>The framework's options for the code flow; the addresses come from the provider's own document.</summary>
internal sealed class OpenIdOptions : OAuthOptions
{
    public OpenIdProvider Provider { get; set; } = null!;
}
