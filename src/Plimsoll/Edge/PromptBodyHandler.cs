namespace Plimsoll.Edge;

/// <summary>
/// Sends each part of a request body on as soon as it has come in. Left alone, the HTTP client keeps the head of a request and its first
/// bytes to itself until some kilobytes are together, which a client that waits for an answer between two parts would never give it.
/// </summary>
internal sealed class PromptBodyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } body)
        {
            request.Content = new PromptBody(body);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
