using System.Text;
using Plimsoll.Apps;

namespace Plimsoll.Deployments.Readiness;

/// <summary>
/// The configured path answers with a good status. Asked from outside the container, so that it works for images without a
/// shell. Redirects are not followed: where they lead says nothing about this container.
/// </summary>
internal sealed class UntilHttpAnswers(TimeProvider time) : IReadinessCondition, IDisposable
{
    private const int LongestQuote = 200;

    /// <summary>More than is quoted: a password has to be whole to be found and hidden.</summary>
    private const int MostBytes = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        // Every probe dials anew: a kept connection would prove only that it is kept.
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public bool AsksTheCandidate => true;

    public bool AppliesTo(ReadinessTarget target) => target.HealthPath is not null && target.Port != 0;

    public async Task<ReadinessFinding> LookAsync(ReadinessTarget target, CancellationToken cancellationToken)
    {
        if (target.Address is not { } address)
        {
            return new ReadinessFinding.NotYet("it has no address on the shared network yet");
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(target.Proof.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}:{target.Port}{target.HealthPath}");
            request.Headers.UserAgent.ParseAdd("plimsoll-health");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await JudgeAsync(target, response, either.Token, cancellationToken);
        }
        catch (HttpRequestException problem)
        {
            return Failed($"{target.HealthPath} on port {target.Port} did not answer ({problem.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{target.HealthPath} on port {target.Port} took longer than {target.Proof.TimeoutSeconds} seconds");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ReadinessFinding> JudgeAsync(ReadinessTarget target, HttpResponseMessage response, CancellationToken patience, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var answered = $"{target.HealthPath} answered {status}";
        if (StatusRanges.Parse(target.Proof.Status).Contains(status))
        {
            return new ReadinessFinding.Ready { Probe = answered };
        }

        if (status is >= 300 and <= 399 && response.Headers.Location is { } location)
        {
            return Failed($"{answered}, a redirect to {target.Hidden.Quote(location.OriginalString, LongestQuote)}; redirects are not followed, and good is {target.Proof.Status}");
        }

        var body = target.Hidden.Quote(await ReadAsync(response, patience, cancellationToken), LongestQuote);
        return Failed(body.Length == 0 ? $"{answered} without a word" : $"{answered}: {body}");
    }

    /// <summary>The answer counts also when its body breaks off or never ends: what came in time is what it said.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken patience, CancellationToken cancellationToken)
    {
        var bytes = new byte[MostBytes];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience);
            while (length < bytes.Length && await body.ReadAsync(bytes.AsMemory(length), patience) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The status is known, and that is what is judged.
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static ReadinessFinding.NotYet Failed(string what) => new(what) { Probe = what };
}
