using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Traffic;

namespace Plimsoll.Registry.Transport;

/// <summary>
/// One request and its answer. Redirects are followed here, one by one, because the platform's own following would neither check
/// where they lead nor say whether the answer still comes from the registry.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private const int MostRedirects = 5;

    private readonly RegistryClientOptions options;
    private readonly TrafficRules traffic;
    private readonly TimeProvider time;
    private readonly HttpClients clients;

    public HttpExchange(RegistryClientOptions options, TrafficRules traffic, TimeProvider time)
    {
        this.options = options;
        this.traffic = traffic;
        this.time = time;
        clients = new HttpClients(options);
    }

    /// <summary>
    /// Sends one request when it is its turn. The answer may have any status; only failures of the network and of redirects are thrown, and
    /// that the registry is not to be asked now. With a form it is a POST, which is never sent on to anywhere.
    /// </summary>
    public async Task<RegistryAnswer> SendAsync(
        RequestTarget target,
        HttpMethod method,
        Uri address,
        IReadOnlyList<string> accept,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken,
        IReadOnlyCollection<KeyValuePair<string, string>>? form = null)
    {
        // Left when the headers are there: whoever holds an answer may need another request to understand it.
        var gate = await traffic.EnterAsync(target, cancellationToken);
        var deadline = new RequestDeadline(options.RequestTimeout, time, cancellationToken);
        try
        {
            var answer = form is null
                ? await FollowAsync(target, method, address, accept, authorization, deadline)
                : new RegistryAnswer(await SendOnceAsync(target, method, address, accept, authorization, deadline, form), address, false, target.Subject, deadline);
            traffic.Saw(answer, target);
            return answer;
        }
        catch
        {
            deadline.Dispose();
            throw;
        }
        finally
        {
            gate?.Leave();
        }
    }

    public void Dispose() => clients.Dispose();

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
        RequestDeadline deadline,
        IReadOnlyCollection<KeyValuePair<string, string>>? form = null)
    {
        using var request = new HttpRequestMessage(method, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Content = form is null ? null : new FormUrlEncodedContent(form);
        request.Headers.Authorization = authorization;
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        foreach (var type in accept)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        try
        {
            return await clients.For(target.Access).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
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
}
