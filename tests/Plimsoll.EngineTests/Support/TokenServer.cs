using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// Gives tokens for a registry, as the servers of public registries do: the registry sends its clients here, and believes what is
/// signed with the key of <see cref="Certificate"/>. Whoever does not know the login gets a token that allows nothing. It stands before
/// the registry, under one address with it, because Plimsoll follows a registry to no other place on this machine.
/// </summary>
public sealed class TokenServer : IAsyncDisposable
{
    public const string Service = "plimsoll-tests";
    public const string Issuer = "plimsoll-tests-issuer";
    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(5);
    private readonly RSA key = RSA.Create(2048);
    private readonly X509Certificate2 certificate;
    private readonly HttpClient upstream = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly string login;
    private readonly string registryHost;
    private LocalServer? server;

    private TokenServer(string registryHost, string user, string password)
    {
        this.registryHost = registryHost;
        login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        var request = new CertificateRequest("CN=plimsoll-tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>For the registry's "rootcertbundle".</summary>
    public string Certificate => certificate.ExportCertificatePem();

    /// <summary>For the registry's "realm".</summary>
    public string Address => $"{server!.Address.ToString().TrimEnd('/')}/token";

    /// <param name="port">Where it is to stand.</param>
    /// <param name="registryHost">Where the registry itself is.</param>
    public static async Task<TokenServer> StartAsync(int port, string registryHost, string user, string password, CancellationToken cancellationToken)
    {
        var tokens = new TokenServer(registryHost, user, password);
        tokens.server = await LocalServer.StartAsync(tokens.AnswerAsync, cancellationToken, port);
        return tokens;
    }

    /// <summary>A token that allows this.</summary>
    public string Issue(string user, IReadOnlyList<(string Repository, string[] Actions)> allowed)
    {
        var now = DateTimeOffset.UtcNow;
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)) };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = user,
            ["aud"] = Service,
            ["exp"] = now.Add(ValidFor).ToUnixTimeSeconds(),
            ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString(),
            ["access"] = new JsonArray([.. allowed.Select(one => new JsonObject
            {
                ["type"] = "repository", ["name"] = one.Repository, ["actions"] = new JsonArray([.. one.Actions.Select(action => JsonValue.Create(action))]),
            })]),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        certificate.Dispose();
        key.Dispose();
        upstream.Dispose();
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path == "/token" ? GiveTokenAsync(context) : PassOnAsync(context);

    private async Task PassOnAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"http://{registryHost}{context.Request.Path}{context.Request.QueryString}")
        {
            Content = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? null : new StreamContent(context.Request.Body),
        };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is not ("Transfer-Encoding" or "Connection") && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        try
        {
            using var answer = await upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection")))
            {
                context.Response.Headers[header.Key] = header.Value.ToArray();
            }

            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
            }
        }
        catch (HttpRequestException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    private async Task GiveTokenAsync(HttpContext context)
    {
        var isKnown = AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var sent) && sent.Scheme == "Basic" && sent.Parameter == login;
        var allowed = isKnown
            ? context.Request.Query["scope"].SelectMany(scopes => scopes!.Split(' ')).Select(scope => scope.Split(':')).Where(parts => parts is ["repository", _, _])
                .Select(parts => (parts[1], parts[2].Split(','))).ToList()
            : [];
        var answer = new JsonObject { ["token"] = Issue(isKnown ? LocalRegistry.User : "", allowed), ["expires_in"] = (int)ValidFor.TotalSeconds };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
