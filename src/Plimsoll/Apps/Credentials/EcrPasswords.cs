using System.Net;
using System.Text;
using System.Text.Json;
using Plimsoll.Registry;

namespace Plimsoll.Apps.Credentials;

/// <summary>
/// Fetches the passwords of Amazon's private registries, which are good for twelve hours, with a long-lived access key, and keeps them in
/// memory until shortly before their end. Whoever asks while one is being fetched waits for that one.
/// </summary>
internal sealed class EcrPasswords(EcrOptions options, TimeProvider time) : IDisposable
{
    private const string Action = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";
    private const string ContentType = "application/x-amz-json-1.1";
    private const int MostBytes = 64 * 1024;
    private const int MostKept = 256;
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 64 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MostBytes,
    };

    private readonly Dictionary<AwsSignature, Kept> _kept = [];
    private readonly Lock _gate = new();

    /// <param name="registry">Named in what is thrown.</param>
    /// <exception cref="RegistryException">Amazon refused, or did not answer.</exception>
    public async Task<EcrPassword> GetAsync(RegistryEntry registry, CancellationToken cancellationToken)
    {
        var host = EcrHost.Parse(registry.Host);
        var signature = new AwsSignature(registry.Username!, registry.Token!, registry.AwsRegion ?? host?.Region ?? "", "ecr");
        // Shared by all who ask, so it is not tied to one caller's token: the time limit bounds it.
        return await Fetching(signature, registry.Host, host?.Suffix ?? "amazonaws.com").WaitAsync(cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private Task<EcrPassword> Fetching(AwsSignature signature, string registry, string suffix)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(signature, out var kept) && kept.IsGoodAt(time.GetUtcNow()))
            {
                return kept.Password;
            }

            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            var fetched = FetchAsync(signature, registry, suffix);
            _kept[signature] = new Kept(fetched, time.GetUtcNow() + RefusalHolds);
            return fetched;
        }
    }

    private async Task<EcrPassword> FetchAsync(AwsSignature signature, string registry, string suffix)
    {
        await Task.Yield();
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        var askedAt = time.GetUtcNow();
        try
        {
            using var request = Request(signature, options.Endpoint(signature.Region, suffix), askedAt);
            using var response = await _client.SendAsync(request, limit.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? Read(body, askedAt) ?? throw Failure(RegistryFailure.BadAnswer, registry, "Amazon answered without a password.")
                : throw Refusal(response.StatusCode, body, registry, signature);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw Failure(RegistryFailure.Unreachable, registry, $"Amazon's API for passwords (ECR in {signature.Region}) cannot be reached: {problem.Message.TrimEnd('.')}.", problem);
        }
        catch (OperationCanceledException problem)
        {
            throw Failure(RegistryFailure.Unreachable, registry, $"Amazon's API for passwords (ECR in {signature.Region}) did not answer in time.", problem);
        }
    }

    private static HttpRequestMessage Request(AwsSignature signature, Uri endpoint, DateTimeOffset at)
    {
        var body = "{}"u8.ToArray();
        var headers = new Dictionary<string, string>
        {
            ["content-type"] = ContentType,
            ["host"] = endpoint.Authority,
            ["x-amz-date"] = AwsSignature.Moment(at),
            ["x-amz-target"] = Action,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", headers["x-amz-date"]);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", Action);
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorize("POST", endpoint.AbsolutePath, "", headers, body, at));
        return request;
    }

    private static EcrPassword? Read(byte[] body, DateTimeOffset askedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var data = document.RootElement.GetProperty("authorizationData")[0];
            var (user, password) = Decode(data.GetProperty("authorizationToken").GetString()!);
            // Amazon's moment is by its own clock: it only ever shortens the time, and never to nothing.
            var ends = data.TryGetProperty("expiresAt", out var at) && at.ValueKind == JsonValueKind.Number && at.TryGetDouble(out var seconds) && seconds is > 0 and < 1e11
                ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                : askedAt + UsualLife;
            var life = ends - askedAt is var left && left > UsualLife ? UsualLife : left;
            return life <= TimeSpan.Zero ? null : new EcrPassword(user, password, askedAt + life - (life / 4 < LongestMargin ? life / 4 : LongestMargin));
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    /// <exception cref="FormatException">It is not "user:password" in base64.</exception>
    private static (string User, string Password) Decode(string token)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(token));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1 && !text.Any(char.IsControl) ? (text[..colon], text[(colon + 1)..]) : throw new FormatException("No user and password.");
    }

    private static RegistryException Refusal(HttpStatusCode status, byte[] body, string registry, AwsSignature signature)
    {
        var said = Said(body, signature);
        var failure = (int)status >= 500 ? RegistryFailure.Unreachable
            : status == HttpStatusCode.TooManyRequests || said.Contains("Throttling", StringComparison.Ordinal) ? RegistryFailure.RateLimited
            : RegistryFailure.Unauthorized;
        return Failure(failure, registry, $"Amazon gave no password to access key {signature.KeyId} ({(int)status}){(said.Length == 0 ? "." : $": {said}.")}");
    }

    /// <summary>Its own words, cut short, without control characters and without what was sent to it.</summary>
    private static string Said(byte[] body, AwsSignature signature)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var parts = new[] { "__type", "message", "Message" }
                .Select(name => document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null)
                .Where(part => !string.IsNullOrWhiteSpace(part));
            var text = string.Concat(string.Join(": ", parts).Where(c => !char.IsControl(c))).Replace(signature.SecretKey, "…", StringComparison.Ordinal);
            return (text.Length <= 300 ? text : text[..300] + "…").TrimEnd('.');
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private static RegistryException Failure(RegistryFailure failure, string registry, string sentence, Exception? inner = null) =>
        RegistryException.BeforeAsking(failure, registry, sentence, failure is RegistryFailure.Unreachable or RegistryFailure.RateLimited, inner);

    /// <summary>One fetch. A refusal is kept for a minute: asking again and again with a wrong key gets keys blocked.</summary>
    private sealed record Kept(Task<EcrPassword> Password, DateTimeOffset RefusalUntil)
    {
        public bool IsGoodAt(DateTimeOffset now) => Password.IsCompletedSuccessfully
            ? Password.GetAwaiter().GetResult().UsableUntil > now
            : !Password.IsCompleted || RefusalUntil > now;
    }
}
