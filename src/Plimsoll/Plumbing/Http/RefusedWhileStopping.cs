namespace Plimsoll.Plumbing.Http;

/// <summary>For the addresses that begin work: a program that is stopping would take it only to let it lie.</summary>
internal static class RefusedWhileStopping
{
    /// <summary>A restart is over by then; a sender who repeats itself finds the next process.</summary>
    private const string RetryAfterSeconds = "30";

    public static RouteHandlerBuilder RefuseWhileStopping(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        if (!context.HttpContext.RequestServices.GetRequiredService<Stopping>().HasBegun)
        {
            return await next(context);
        }

        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Answers.Refused(new Refusal(AnswerCode.Stopping, "Plimsoll is stopping and takes no new work. Ask again in half a minute."));
    });
}
