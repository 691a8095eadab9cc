using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Transport;

/// <summary>
/// One request and its answer. Redirects are followed here, one by one, because the platform's own following would neither check
/// where they lead nor say whether the answer still comes from the registry.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private const int MostRedirects = 5;
    private const int LongestHeadersKilobytes = 64;
    private const int MostConnectionsPerServer = 16;
    private static readonly TimeSpan longestConnect = TimeSpan.FromSeconds(10);

    private readonly HttpClient client;
    private readonly RegistryClientOptions options;
    private readonly TimeProvider time;

    public HttpExchange(RegistryClientOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        client = new HttpClient(CreateHandler(options)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends one request. The answer may have any status; only failures of the network and of redirects are thrown.</summary>
    public async Task<RegistryAnswer> SendAsync(
        RequestTarget target,
        HttpMethod method,
        Uri address,
        IReadOnlyList<string> accept,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        var deadline = new RequestDeadline(options.RequestTimeout, time, cancellationToken);
        try
        {
            return await FollowAsync(target, method, address, accept, authorization, deadline);
        }
        catch
        {
            deadline.Dispose();
            throw;
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<RegistryAnswer> FollowAsync(
        RequestTarget target,
        HttpMethod method,
        Uri first,
        IReadOnlyList<string> accept,
        AuthenticationHeaderValue? authorization,
        RequestDeadline deadline)
    {
        var address = first;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            var message = await SendOnceAsync(target, method, address, accept, authorization, deadline);
            if (!IsRedirect(message.StatusCode))
            {
                return new RegistryAnswer(message, address, !RedirectRule.IsSameOrigin(first, address), target.Subject, deadline);
            }

            address = NextAddress(message, address, target);

            // Once away from the registry there is no way back to being trusted: a storage host could send the credential anywhere.
            authorization = RedirectRule.IsSameOrigin(first, address) ? authorization : null;
        }

        throw Refused(target, first, $"it redirects more than {MostRedirects} times");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        RequestTarget target,
        HttpMethod method,
        Uri address,
        IReadOnlyList<string> accept,
        AuthenticationHeaderValue? authorization,
        RequestDeadline deadline)
    {
        using var request = new HttpRequestMessage(method, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Authorization = authorization;
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        foreach (var type in accept)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        }
        catch (Exception exception) when (NetworkFailure.Explains(exception, deadline))
        {
            throw NetworkFailure.Translate(exception, address, target.Subject, deadline);
        }
    }

    private static Uri NextAddress(HttpResponseMessage message, Uri address, RequestTarget target)
    {
        using (message)
        {
            var location = message.Headers.NonValidated.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
            if (location is null || !Uri.TryCreate(address, location, out var next))
            {
                throw Refused(target, address, "it redirects without saying where to");
            }

            return RedirectRule.Refuse(address, next, target.Endpoint, target.Access.AllowHttp) is { } problem
                ? throw Refused(target, address, problem)
                : next;
        }
    }

    private static RegistryException Refused(RequestTarget target, Uri address, string problem) => new(
        RegistryFailure.BadAnswer,
        target.Subject,
        NetworkFailure.Sentence(target.Subject, $"the answer of {Excerpt.Of(address.Authority)} is not followed: {problem}."));

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static SocketsHttpHandler CreateHandler(RegistryClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None, // A digest is of the bytes as they were pushed.
            ConnectTimeout = options.RequestTimeout < longestConnect ? options.RequestTimeout : longestConnect,
            MaxConnectionsPerServer = MostConnectionsPerServer,
            MaxResponseHeadersLength = LongestHeadersKilobytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // A registry that moves to another address is found again.
            Proxy = new LoopbackDirectProxy(HttpClient.DefaultProxy),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            errors == SslPolicyErrors.None ? true : throw CertificateRefusedException.For(certificate, chain, errors);
        options.ConfigureHandler?.Invoke(handler);
        return handler;
    }
}
