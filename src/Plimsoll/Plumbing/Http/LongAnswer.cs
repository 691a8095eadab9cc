namespace Plimsoll.Plumbing.Http;

/// <summary>
/// For answers that have no end of their own: they are over when the client goes or when the program is told to stop. The
/// server waits for every answer under way before it stops, so one open dashboard would hold it up to the limit.
/// </summary>
internal static class LongAnswer
{
    public static CancellationToken End(HttpContext context)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.RegisterForDispose(either);
        return either.Token;
    }
}
