using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Registry.Traffic;

namespace Plimsoll.Registry.Transport;

/// <summary>
/// Sends requests to a registry by the schemes it may be reached with, and remembers which one it answers to. A remembered scheme is only
/// ever moved to the front of those that are allowed for this access, so one user's "insecure" never weakens another's request.
/// </summary>
internal sealed class RegistryConnection(HttpExchange exchange, TrafficRules traffic, TimeProvider time)
{
    private const int MostRemembered = 1024;

    private readonly BoundedMemory<string, string> schemes = new(MostRemembered);

    /// <param name="target">What this is about.</param>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="pathAndQuery">Without a leading slash.</param>
    /// <param name="accept">Media types asked for.</param>
    /// <param name="authorization">Sent by whichever scheme answers; plain HTTP is only among them where it is allowed.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<RegistryAnswer> SendAsync(
        RequestTarget target,
        HttpMethod method,
        string pathAndQuery,
        IReadOnlyList<string> accept,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow();
        try
        {
            return await TrySchemesAsync(target, method, pathAndQuery, accept, authorization, cancellationToken);
        }
        catch (RegistryException failure) when (!failure.WasNotSent)
        {
            traffic.Failed(failure, target, askedAt);
            throw;
        }
    }

    private async Task<RegistryAnswer> TrySchemesAsync(
        RequestTarget target,
        HttpMethod method,
        string pathAndQuery,
        IReadOnlyList<string> accept,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        var endpoint = target.Endpoint;
        var (candidates, isKnown) = Candidates(target);
        RegistryException? failure = null;
        RegistryAnswer? doubtful = null;
        foreach (var scheme in candidates)
        {
            try
            {
                // Joined as text: resolving "http://elsewhere/" or "//elsewhere/" against the origin would lead to another host.
                var address = new Uri(endpoint.Origin(scheme).AbsoluteUri + pathAndQuery);
                var answer = await exchange.SendAsync(target, method, address, accept, authorization, cancellationToken);
                if (!isKnown && doubtful is null && scheme != candidates[^1] && IsPlainHttpRefusedByTls(answer, scheme))
                {
                    doubtful = answer;
                    continue;
                }

                doubtful?.Dispose();
                schemes.Set(endpoint.Authority, scheme);
                return answer;
            }
            catch (RegistryException attempt) when (attempt.IsSchemeInDoubt)
            {
                // The first attempt is the likelier scheme and explains more, unless a later one got as far as a certificate.
                failure = failure is null || attempt.IsCertificateRefused ? attempt : failure;
                schemes.Remove(endpoint.Authority);
            }
            catch
            {
                doubtful?.Dispose();
                throw;
            }
        }

        if (doubtful is null || failure is { IsCertificateRefused: true })
        {
            doubtful?.Dispose();
            throw failure!;
        }

        return doubtful;
    }

    private (IReadOnlyList<string> Schemes, bool IsKnown) Candidates(RequestTarget target)
    {
        var allowed = target.Endpoint.Schemes(target.Access.AllowHttp);
        return schemes.TryGet(target.Endpoint.Authority, out var known) && allowed.Contains(known)
            ? ([known, .. allowed.Where(scheme => scheme != known)], true)
            : (allowed, false);
    }

    /// <summary>Servers that expect TLS answer a plain request with 400 in plain text.</summary>
    private static bool IsPlainHttpRefusedByTls(RegistryAnswer answer, string scheme) =>
        scheme == Uri.UriSchemeHttp && answer.Status == HttpStatusCode.BadRequest;
}
