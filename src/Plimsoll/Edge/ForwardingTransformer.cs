using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Plimsoll.Edge;

/// <summary>Copies one request as it is, Host included, and corrects only what a proxy has to say for itself. Looks at the answer's head for what it is going to be.</summary>
internal sealed class ForwardingTransformer(ForwardedHeaders forwarded, RoutedRequest request) : HttpTransformer
{
    private const string EventStream = "text/event-stream";

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        proxyRequest.RequestUri = RequestTarget.On(destinationPrefix, target);
        forwarded.Write(httpContext, proxyRequest.Headers);
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null && IsLongLived(proxyResponse))
        {
            request.BecomeLongLived(httpContext.Abort);
        }

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }

    /// <summary>Read from the raw header: parsing it would cost every ordinary answer something.</summary>
    private static bool IsLongLived(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.SwitchingProtocols
        || (response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types)
            && types.ToString().AsSpan().TrimStart().StartsWith(EventStream, StringComparison.OrdinalIgnoreCase));
}
