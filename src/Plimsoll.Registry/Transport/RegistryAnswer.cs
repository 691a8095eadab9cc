using System.Net;
using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Transport;

/// <summary>One answer with its body still to be read, and the time left for reading it.</summary>
internal sealed class RegistryAnswer(HttpResponseMessage message, Uri address, bool isFromAnotherHost, string subject, RequestDeadline deadline) : IDisposable
{
    private const int ReadSize = 16 * 1024;

    public HttpStatusCode Status => message.StatusCode;

    public bool IsSuccess => message.StatusCode == HttpStatusCode.OK;

    /// <summary>Where the answer came from, after redirects.</summary>
    public Uri Address => address;

    /// <summary>A redirect led away from the registry: such an answer may neither ask for a credential nor be sent one.</summary>
    public bool IsFromAnotherHost => isFromAnotherHost;

    /// <summary>What was sent to be let in; null when nothing had to be.</summary>
    public Pass? Pass { get; set; }

    public string? ContentType => Header("Content-Type")?.Split(';')[0].Trim().ToLowerInvariant();

    public long? ContentLength => message.Content.Headers.ContentLength;

    /// <summary>The first value as it was sent; the typed headers of the platform drop what they cannot parse.</summary>
    public string? Header(string name) => Headers(name).FirstOrDefault();

    public IReadOnlyList<string> Headers(string name)
    {
        if (message.Headers.NonValidated.TryGetValues(name, out var values) || message.Content.Headers.NonValidated.TryGetValues(name, out values))
        {
            return [.. values];
        }

        return [];
    }

    /// <summary>The whole body, or an error once it is longer than the limit: a length that a server promises is never believed.</summary>
    public async Task<byte[]> ReadBodyAsync(int limit)
    {
        if (ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        try
        {
            await using var body = await message.Content.ReadAsStreamAsync(deadline.Token);
            using var collected = new MemoryStream();
            var buffer = new byte[ReadSize];
            int read;
            while ((read = await body.ReadAsync(buffer, deadline.Token)) > 0)
            {
                if (collected.Length + read > limit)
                {
                    throw TooLarge(limit);
                }

                collected.Write(buffer, 0, read);
            }

            return collected.ToArray();
        }
        catch (Exception exception) when (NetworkFailure.Explains(exception, deadline))
        {
            throw NetworkFailure.Translate(exception, address, subject, deadline);
        }
    }

    public void Dispose()
    {
        message.Dispose();
        deadline.Dispose();
    }

    private RegistryException TooLarge(int limit) => new(
        RegistryFailure.TooLarge,
        subject,
        NetworkFailure.Sentence(subject, $"{Excerpt.Of(address.Authority)} sent more than the {limit} bytes that are accepted."));
}
