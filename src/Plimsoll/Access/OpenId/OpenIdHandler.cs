using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Plimsoll.Access.OpenId;

/// <summary>
/// OpenID Connect over the framework's handler for the authorization code flow, which keeps state, correlation cookie and proof
/// key. Added to it: the provider's document, the nonce, and the check of the identity token.
/// </summary>
internal sealed class OpenIdHandler(IOptionsMonitor<OpenIdOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OAuthHandler<OpenIdOptions>(options, loggers, encoder)
{
    public const string SchemeName = "OpenId";
    public const string Callback = "/api/auth/openid/callback";
    public const string TokenItem = "plimsoll.id_token";

    private const string NonceItem = "plimsoll.nonce";

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Always the same value for as long as the provider stays the same, so it does no harm that requests share it.
        Options.AuthorizationEndpoint = (await Options.Provider.ReadAsync(Context.RequestAborted)).AuthorizationEndpoint;
        properties.Items[NonceItem] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = properties.Items[NonceItem];
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), "nonce", nonce!);
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var document = await Options.Provider.ReadAsync(Context.RequestAborted);
        using var request = new HttpRequestMessage(HttpMethod.Post, document.TokenEndpoint);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
            ["client_id"] = Options.ClientId,
            ["code_verifier"] = context.Properties.Items[OAuthConstants.CodeVerifierKey]!,
        };
        context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey);
        if (Options.Provider.Settings.ClientSecret is { } secret)
        {
            if (document.TakesSecretInBody)
            {
                form["client_secret"] = secret;
            }
            else
            {
                // What every provider has to understand; both halves are encoded first (RFC 6749, section 2.3.1).
                var pair = $"{Uri.EscapeDataString(Options.ClientId)}:{Uri.EscapeDataString(secret)}";
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await Options.Provider.Http.SendAsync(request, Context.RequestAborted);
        if (!response.IsSuccessStatusCode)
        {
            // Its body may repeat what was sent, so it is not told.
            return OAuthTokenResponse.Failed(new OpenIdException($"The provider did not take the code: it answered {(int)response.StatusCode}."));
        }

        return OAuthTokenResponse.Success(JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Context.RequestAborted)));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var root = tokens.Response!.RootElement;
        var token = IdToken.Parse(root.TryGetProperty("id_token", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null);
        var provider = Options.Provider;
        var keys = await provider.ReadKeysAsync(token.KeyId, Context.RequestAborted);
        token.Verify(keys, provider.Settings.IssuerText, Options.ClientId, properties.Items[NonceItem]!, TimeProvider.GetUtcNow());
        properties.SetParameter(TokenItem, token);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }
}
