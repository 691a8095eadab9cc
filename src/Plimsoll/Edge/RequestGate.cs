namespace Plimsoll.Edge;

/// <summary>
/// Stands before the forwarder: a request for a stage that is paused waits here, counted nowhere, and meets the routes only once it goes on,
/// so that it reaches whatever instance is live by then.
/// </summary>
internal sealed class RequestGate(StageGates gates, Router router, RequestForwarder forwarder, EdgeOptions options, IHostApplicationLifetime lifetime)
{
    public Task ServeAsync(HttpContext context) => gates.AreAllOpen ? forwarder.ForwardAsync(context) : HoldAsync(context);

    private async Task HoldAsync(HttpContext context)
    {
        if (router.Current.Find(context.Request.Host.Value ?? "") is { } route && gates.Find(route.StageId) is { } gate)
        {
            // The proxy must not wait at its end for requests that wait themselves.
            using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            var passage = await gate.PassAsync(givenUp.Token);
            if (passage.Kind != PassageKind.Through)
            {
                await ExplainAsync(context, passage);
                return;
            }
        }

        await forwarder.ForwardAsync(context);
    }

    private Task ExplainAsync(HttpContext context, Passage passage) => passage.Kind switch
    {
        _ when context.RequestAborted.IsCancellationRequested => Task.CompletedTask,
        PassageKind.QueueFull => EdgePage.QueueFullAsync(context, options.PauseRetryAfter),
        PassageKind.TimeOver => EdgePage.StillPausedAsync(context, options.PauseRetryAfter),
        PassageKind.Maintenance => EdgePage.MaintenanceAsync(context, options.MaintenanceRetryAfter, passage.Message),
        PassageKind.GivenUp => EdgePage.StoppingAsync(context, options.PauseRetryAfter),
        _ => throw new InvalidOperationException($"No page for the passage {passage.Kind}."),
    };
}
