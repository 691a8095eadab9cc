using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Plimsoll.Docker;

/// <summary>
/// Sends calls to the engine and turns everything that can go wrong into one of this library's exceptions. HTTP/1.1, one pool of
/// connections, no proxy, no redirects. The API version is agreed on before the first call and again after the engine was out of reach.
/// </summary>
internal sealed class EngineConnection : IDisposable
{
    /// <summary>More than any answer of a sane engine: a list of some ten thousand containers.</summary>
    private const int LargestAnswer = 64 * 1024 * 1024;

    private readonly DockerEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly DockerEngineOptions _options;
    private readonly HttpClient _http;
    private readonly VersionNegotiation _version;

    public EngineConnection(DockerEndpoint endpoint, TimeProvider time, DockerEngineOptions options)
    {
        _endpoint = endpoint;
        _time = time;
        _options = options;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = new EngineDialer(endpoint).DialAsync,
            ConnectTimeout = options.ConnectTimeout,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            // A stream that nobody reads any more is closed, not read to its end, which may never come.
            MaxResponseDrainSize = 0,
        };
        _http = new HttpClient(handler)
        {
            // The dialer encrypts by itself; to the handler each connection is plain.
            BaseAddress = new Uri(endpoint.Host is null ? "http://docker/" : $"http://{HostHeader(endpoint)}/"),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", options.UserAgent);
        _version = new VersionNegotiation(endpoint);
    }

    /// <summary>The version that calls use, agreed on now if it was not yet.</summary>
    public Task<ApiVersion> NegotiateAsync(string subject, string attempt, CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("_ping"), subject, attempt);
        return GuardAsync(call, token => AgreeAsync(call, token), cancellationToken);
    }

    /// <summary>Asks the engine for a sign of life, and agrees on the version anew.</summary>
    public Task<ApiVersion> PingAsync(CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("_ping"), "the engine", "ping") with { Limit = CallLimit.Of(TimeSpan.FromSeconds(20)) };
        return GuardAsync(
            call,
            token =>
            {
                _version.Forget();
                return AgreeAsync(call, token);
            },
            cancellationToken);
    }

    /// <summary>Does a call whose answer has no content of interest.</summary>
    public Task<HttpStatusCode> ExecuteAsync(EngineCall call, CancellationToken cancellationToken) =>
        BufferAsync(call, (response, _) => Task.FromResult(response.StatusCode), cancellationToken);

    /// <summary>Does a call that answers with an object of fixed shape.</summary>
    public Task<T> ReadAsync<T>(EngineCall call, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        where T : class =>
        BufferAsync(
            call,
            async (response, token) => await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(token), shape, token)
                ?? throw new JsonException("The answer is null."),
            cancellationToken);

    /// <summary>Does a call that answers with a document of which every field is kept.</summary>
    public Task<JsonObject> ReadDocumentAsync(EngineCall call, CancellationToken cancellationToken) =>
        BufferAsync(call, ReadAsAsync<JsonObject>, cancellationToken);

    /// <summary>Does a call that answers with a list of documents.</summary>
    public Task<JsonArray> ReadDocumentsAsync(EngineCall call, CancellationToken cancellationToken) =>
        BufferAsync(call, ReadAsAsync<JsonArray>, cancellationToken);

    /// <summary>Does a call that answers with a stream. The call's limit counts to the first byte; the stream itself has none.</summary>
    public Task<EngineStream> OpenAsync(EngineCall call, CancellationToken cancellationToken) =>
        GuardAsync(
            call,
            async token =>
            {
                var response = await SendAsync(call, token);
                try
                {
                    return new EngineStream(response, await response.Content.ReadAsStreamAsync(token), e => Lost(call, e));
                }
                catch
                {
                    response.Dispose();
                    throw;
                }
            },
            cancellationToken);

    public void Dispose() => _http.Dispose();

    private static async Task<T> ReadAsAsync<T>(HttpResponseMessage response, CancellationToken token)
        where T : JsonNode =>
        await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(token), cancellationToken: token) as T
            ?? throw new JsonException($"The answer is not a {typeof(T).Name}.");

    private static string HostHeader(DockerEndpoint endpoint) =>
        new UriBuilder("http", endpoint.Host, endpoint.Port).Uri.Authority;

    private Task<T> BufferAsync<T>(
        EngineCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        GuardAsync(
            call,
            async token =>
            {
                using var response = await SendAsync(call, token);
                await response.Content.LoadIntoBufferAsync(LargestAnswer, token);
                try
                {
                    return await read(response, token);
                }
                catch (JsonException e)
                {
                    throw new DockerException(
                        call.Subject, call.Attempt, $"The answer from {_endpoint} is not what an engine answers: {e.Message}", (int)response.StatusCode, e);
                }
            },
            cancellationToken);

    /// <summary>Sends the call and answers with a success or "not modified"; everything else is thrown.</summary>
    private async Task<HttpResponseMessage> SendAsync(EngineCall call, CancellationToken token)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var version = await AgreeAsync(call, token);
            using var request = Compose(call, version);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
            {
                return response;
            }

            using (response)
            {
                var fault = await EngineFaults.ReadAsync(call, response, _endpoint, token);
                if (fault is not DockerVersionException)
                {
                    throw fault;
                }

                // The engine was replaced without our noticing. It refused the call for its version, so nothing was done yet.
                _version.Forget();
                if (!isFirst)
                {
                    throw fault;
                }
            }
        }
    }

    private static HttpRequestMessage Compose(EngineCall call, ApiVersion version)
    {
        var request = new HttpRequestMessage(call.Method, $"/v{version}{call.Path}");
        if (call.Json is { } json)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (call.RegistryAuth is { } auth)
        {
            request.Headers.TryAddWithoutValidation("X-Registry-Auth", auth);
        }

        return request;
    }

    private Task<ApiVersion> AgreeAsync(EngineCall call, CancellationToken token) =>
        _version.GetAsync(
            call,
            async t =>
            {
                using var response = await _http.GetAsync("/_ping", HttpCompletionOption.ResponseContentRead, t);
                return response.IsSuccessStatusCode
                    ? response.Headers.TryGetValues("Api-Version", out var values) ? values.FirstOrDefault() : null
                    : throw await EngineFaults.ReadAsync(call, response, _endpoint, t);
            },
            token);

    private async Task<T> GuardAsync<T>(EngineCall call, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var length = call.Limit.Length(_options);
        using var limit = new CancellationTokenSource(length, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _version.Forget();
            throw EngineFaults.TooSlow(call, _endpoint, length, e);
        }
        catch (Exception e) when (EngineFaults.IsConnectionFault(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Lost(call, e);
        }
    }

    private DockerUnavailableException Lost(EngineCall call, Exception e)
    {
        _version.Forget();
        return EngineFaults.Unreachable(call, _endpoint, e);
    }
}
