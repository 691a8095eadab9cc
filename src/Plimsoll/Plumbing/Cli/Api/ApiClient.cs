using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Calls the API of one server and takes its answers out of the envelope.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    /// <summary>Asking a slow registry is the longest that an answer waits for.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(100);

    private readonly ServerAddress _server;
    private readonly ApiToken _token;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public ApiClient(ServerAddress server, ApiToken token, TimeProvider time)
    {
        _server = server;
        _token = token;
        _time = time;
        // Redirects are not followed: the token is for this address and no other.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = !server.Url.IsLoopback })
        {
            BaseAddress = server.Url,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("plimsoll-cli", PrintVersion.Text));
        _http.DefaultRequestHeaders.Authorization = token.Value is null ? null : new AuthenticationHeaderValue("Bearer", token.Value);
    }

    /// <summary>A name as one part of a path.</summary>
    /// <exception cref="CommandFailedException">The name would lead to another path.</exception>
    public static string Part(string name) => name is "" or "." or ".."
        ? throw new CommandFailedException(ExitCode.Problem, $"'{name}' is not a name.")
        : Uri.EscapeDataString(name);

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken);

    public Task<JsonElement> PostAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        PostAsync(path, JsonContent.Create(body, type), cancellationToken);

    public Task<JsonElement> PostAsync(string path, HttpContent? body, CancellationToken cancellationToken) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = body }, cancellationToken);

    /// <summary>Opens server-sent events; the caller reads and disposes them.</summary>
    /// <param name="lastEventId">The last event that was seen; 0: none.</param>
    public async Task<HttpResponseMessage> OpenEventsAsync(string path, long lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId > 0)
        {
            request.Headers.Add("Last-Event-ID", lastEventId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return response;
        }

        using (response)
        {
            await ApiAnswer.ReadAsync(response, _server, _token, cancellationToken);
            throw ApiAnswer.NotPlimsoll(response, _server);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestCall, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using (request)
            {
                using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
                return await ApiAnswer.ReadAsync(response, _server, _token, either.Token);
            }
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerUnreachableException($"{_server} did not answer within {LongestCall.TotalSeconds:0} s.", problem);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException problem)
        {
            throw Unreachable.Explain(_server, problem);
        }
    }
}
