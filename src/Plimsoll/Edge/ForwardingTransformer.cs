using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Plimsoll.Edge;

/// <summary>Copies a request as it is, Host included, and corrects only what a proxy has to say for itself.</summary>
internal sealed class ForwardingTransformer(EdgeOptions options) : HttpTransformer
{
    private readonly ForwardedHeaders _forwarded = new(options.TrustedProxies);

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        proxyRequest.RequestUri = RequestTarget.On(destinationPrefix, target);
        _forwarded.Write(httpContext, proxyRequest.Headers);
    }
}
