using System.Text.Json;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Access.OpenId;

/// <summary>What a provider says about itself at <c>/.well-known/openid-configuration</c>.</summary>
/// <param name="TakesSecretInBody">Whether the client's secret may stand in the form; otherwise it is sent as Basic.</param>
internal sealed record OpenIdDocument(string AuthorizationEndpoint, string TokenEndpoint, string KeysEndpoint, bool TakesSecretInBody)
{
    /// <exception cref="OpenIdException">It is of another issuer, or names no safe addresses.</exception>
    public static OpenIdDocument Parse(JsonElement root, OpenIdSettings settings)
    {
        var issuer = Text(root, "issuer");
        if (issuer.TrimEnd('/') != settings.IssuerText)
        {
            throw new OpenIdException($"The document at {settings.Issuer} belongs to the issuer '{PrintableName.Of(issuer, 200)}'. Set {OpenIdEnvironment.Issuer} to exactly that.");
        }

        return new OpenIdDocument(
            Address(root, "authorization_endpoint"),
            Address(root, "token_endpoint"),
            Address(root, "jwks_uri"),
            root.TryGetProperty("token_endpoint_auth_methods_supported", out var methods) && methods.ValueKind == JsonValueKind.Array
                && methods.EnumerateArray().Any(method => method.ValueKind == JsonValueKind.String && method.GetString() == "client_secret_post"));
    }

    private static string Address(JsonElement root, string name) =>
        Uri.TryCreate(Text(root, name), UriKind.Absolute, out var address) && OpenIdEnvironment.IsSafe(address)
            ? address.AbsoluteUri
            : throw new OpenIdException($"The provider's {name} is not an https:// address.");

    private static string Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new OpenIdException($"The provider's document has no {name}.");
}
