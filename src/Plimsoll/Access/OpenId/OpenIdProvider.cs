using System.Text.Json;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Access.OpenId;

/// <summary>The provider over HTTP: its document and its keys, each remembered for an hour, and asked anew when a key is not known.</summary>
internal sealed class OpenIdProvider : IDisposable
{
    private const int LargestAnswer = 256 * 1024;
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>Tokens with keys that nobody knows must not make us ask all the time.</summary>
    private static readonly TimeSpan AskKeysAgainAfter = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (OpenIdDocument Document, DateTimeOffset At)? _document;
    private (SigningKeys Keys, DateTimeOffset At)? _keys;

    public OpenIdProvider(OpenIdSettings settings, TimeProvider time)
    {
        Settings = settings;
        _time = time;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !settings.Issuer.IsLoopback, ConnectTimeout = LongestCall })
        {
            Timeout = LongestCall,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    public OpenIdSettings Settings { get; }

    public HttpClient Http { get; }

    public async Task<OpenIdDocument> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_document is not { } known || _time.GetUtcNow() - known.At > Remembered)
            {
                var root = await GetAsync(Settings.IssuerText + "/.well-known/openid-configuration", cancellationToken);
                known = (OpenIdDocument.Parse(root, Settings), _time.GetUtcNow());
                _document = known;
            }

            return known.Document;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<SigningKeys> ReadKeysAsync(string? wantedId, CancellationToken cancellationToken)
    {
        var document = await ReadAsync(cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = _time.GetUtcNow();
            if (_keys is not { } known || now - known.At > Remembered || (!known.Keys.Has(wantedId) && now - known.At > AskKeysAgainAfter))
            {
                known = (SigningKeys.Parse(await GetAsync(document.KeysEndpoint, cancellationToken)), now);
                _keys = known;
            }

            return known.Keys;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        _turn.Dispose();
    }

    private async Task<JsonElement> GetAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(url, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new OpenIdException($"{url} answered {(int)response.StatusCode}.");
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return document.RootElement.Clone();
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OpenIdException($"{url} cannot be read: {problem.Message}", problem);
        }
    }
}
