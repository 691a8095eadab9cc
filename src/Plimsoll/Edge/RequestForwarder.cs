using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Plimsoll.Edge;

/// <summary>Takes one request to the instance that its host names, or says in a short page why it could not.</summary>
internal sealed class RequestForwarder(
    Router router, IHttpForwarder forwarder, EdgeOptions options, ILogger<RequestForwarder> logger)
{
    private readonly ForwardedHeaders _forwarded = new(options.TrustedProxies);
    private readonly ForwarderRequestConfig _configuration = new()
    {
        ActivityTimeout = options.ActivityTimeout,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public async Task ForwardAsync(HttpContext context)
    {
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            await EdgePage.MethodRefusedAsync(context);
            return;
        }

        var host = context.Request.Host.Value ?? "";
        var entry = router.Enter(host, out var request);
        if (request is null)
        {
            await (entry == Entry.UnknownHost ? EdgePage.UnknownHostAsync(context) : EdgePage.NotReadyAsync(context));
            return;
        }

        var failure = await SendAsync(context, request);
        if (IsUnseen(failure) && CanBeSentAgain(context) && router.TryEnter(host, out var second))
        {
            failure = await SendElsewhereAsync(context, request, second, failure);
        }

        await ExplainAsync(context, failure);
    }

    private static bool IsUnseen(ForwardingFailure failure) => failure is ForwardingFailure.Unreachable or ForwardingFailure.ConnectTimedOut;

    private static bool CanBeSentAgain(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
        && !context.Response.HasStarted;

    private static Task ExplainAsync(HttpContext context, ForwardingFailure failure)
    {
        if (failure is ForwardingFailure.None or ForwardingFailure.Client || context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return failure switch
        {
            ForwardingFailure.Unreachable => EdgePage.UnreachableAsync(context),
            ForwardingFailure.BadAnswer => EdgePage.BadAnswerAsync(context),
            ForwardingFailure.ConnectTimedOut or ForwardingFailure.TimedOut => EdgePage.TimedOutAsync(context),
            ForwardingFailure.Cut => EdgePage.CutAsync(context),
            _ => throw new InvalidOperationException($"No page for the failure {failure}."),
        };
    }

    private async Task<ForwardingFailure> SendElsewhereAsync(HttpContext context, RoutedRequest first, RoutedRequest second, ForwardingFailure failure)
    {
        if (ReferenceEquals(second.Destination, first.Destination))
        {
            second.Dispose();
            return failure;
        }

        context.Response.Clear();
        return await SendAsync(context, second);
    }

    /// <summary>Sends the request to where it is counted, and takes it off the count when it is over.</summary>
    private async Task<ForwardingFailure> SendAsync(HttpContext context, RoutedRequest request)
    {
        using (request)
        {
            var destination = request.Destination;
            var transformer = new ForwardingTransformer(_forwarded, request);
            var error = await forwarder.SendAsync(context, destination.Prefix, destination.Client, _configuration, transformer, request.Cut);
            if (error == ForwarderError.None)
            {
                return ForwardingFailure.None;
            }

            var exception = context.GetForwarderErrorFeature()?.Exception;
            var failure = Judge(context, request, error, exception);
            if (failure is not (ForwardingFailure.Client or ForwardingFailure.Cut) && destination.IsFailureNews())
            {
                logger.InstanceFailed(request.Route.InstanceId, destination.Key.Address, request.Route.Host, failure, exception?.Message);
            }

            return failure;
        }
    }

    /// <summary>
    /// The forwarder aborts the client's connection itself when an answer breaks half-way, so "the client is gone" is asked only after
    /// everything that can be the instance's or the drain's doing.
    /// </summary>
    private static ForwardingFailure Judge(HttpContext context, RoutedRequest request, ForwarderError error, Exception? exception) => error switch
    {
        _ when request.WasCut => ForwardingFailure.Cut,
        ForwarderError.RequestBodyClient or ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestClient
            or ForwarderError.UpgradeResponseClient => ForwardingFailure.Client,
        ForwarderError.ResponseBodyDestination or ForwarderError.RequestBodyDestination or ForwarderError.UpgradeRequestDestination
            or ForwarderError.UpgradeResponseDestination => ForwardingFailure.BadAnswer,
        _ when context.RequestAborted.IsCancellationRequested => ForwardingFailure.Client,
        _ when exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            ForwardingFailure.Unreachable,
        _ when exception is OperationCanceledException { InnerException: TimeoutException } => ForwardingFailure.ConnectTimedOut,
        ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout or ForwarderError.ResponseBodyCanceled
            or ForwarderError.RequestBodyCanceled or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeResponseCanceled =>
            ForwardingFailure.TimedOut,
        _ => ForwardingFailure.BadAnswer,
    };
}
