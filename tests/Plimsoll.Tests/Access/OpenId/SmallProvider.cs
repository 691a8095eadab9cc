using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Tests.Access.OpenId;

/// <summary>An OpenID Connect provider that signs in whoever the test says, and misbehaves where it is told to.</summary>
internal sealed class SmallProvider : IAsyncDisposable
{
    public const string Secret = "the client's secret";

    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _stranger = RSA.Create(2048);
    private string _nonce = "";
    private string _challenge = "";

    private SmallProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.Single();

    public JsonObject Claims { get; } = new() { ["sub"] = "42", ["preferred_username"] = "anna", ["groups"] = new JsonArray("developers") };

    /// <summary>Changes the token just before it is signed.</summary>
    public Action<JsonObject> Spoil { get; set; } = _ => { };

    public bool SignsWithAnotherKey { get; set; }

    public string Algorithm { get; set; } = "RS256";

    public static async Task<SmallProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var provider = new SmallProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(new JsonObject
        {
            ["issuer"] = provider.Issuer,
            ["authorization_endpoint"] = provider.Issuer + "/authorize",
            ["token_endpoint"] = provider.Issuer + "/token",
            ["jwks_uri"] = provider.Issuer + "/keys",
        }.ToJsonString(), "application/json"));
        // A person's browser that goes there is signed in at once and comes back.
        app.MapGet("/authorize", (HttpRequest request) => Results.Redirect(Return(request.Query["redirect_uri"].ToString(), provider.Authorize(request.GetEncodedUrl()))));
        app.MapGet("/keys", () => Results.Text(provider.Keys(), "application/json"));
        app.MapPost("/token", (Delegate)provider.TokenAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>What the browser would do at the provider: it comes back with a code.</summary>
    public string Authorize(string location)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(location).Query);
        _nonce = query["nonce"]!;
        _challenge = query["code_challenge"]!;
        query["code_challenge_method"].ShouldBe("S256");
        query["response_type"].ShouldBe("code");
        return $"{new Uri(query["redirect_uri"]!).AbsolutePath}?code=the-code&state={Uri.EscapeDataString(query["state"]!)}";
    }

    private static string Return(string to, string path) => new Uri(new Uri(to), path).AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _stranger.Dispose();
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var basic = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"plimsoll:{Uri.EscapeDataString(Secret)}"));
        var proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return form["code"] == "the-code" && proof == _challenge && context.Request.Headers.Authorization == basic
            ? Results.Text(new JsonObject { ["access_token"] = "opaque", ["token_type"] = "Bearer", ["id_token"] = Token() }.ToJsonString(), "application/json")
            : Results.BadRequest();
    }

    private string Token()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = (JsonObject)Claims.DeepClone();
        claims["iss"] = Issuer;
        claims["aud"] = "plimsoll";
        claims["nonce"] = _nonce;
        claims["exp"] = IssuedAt(now) + 300;
        claims["iat"] = IssuedAt(now);
        Spoil(claims);
        var text = $"{Part(new JsonObject { ["alg"] = Algorithm, ["kid"] = "one" })}.{Part(claims)}";
        var signature = (SignsWithAnotherKey ? _stranger : _key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The clock of the one who asks.</summary>
    public Func<long, long> IssuedAt { get; set; } = now => now;

    private string Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["kid"] = "one", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent),
            }),
        }.ToJsonString();
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
