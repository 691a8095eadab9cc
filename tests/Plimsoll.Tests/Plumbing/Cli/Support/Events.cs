using Microsoft.AspNetCore.Http;

namespace Plimsoll.Tests.Plumbing.Cli.Support;

/// <summary>Server-sent events of a deployment, as the API writes them.</summary>
internal static class Events
{
    public static string Step(long id, string state, string text) =>
        $$"""
        event: step
        data: {"id":{{id}},"at":"2026-11-21T10:00:0{{id}}Z","state":"{{state}}","text":"{{text}}"}
        id: {{id}}


        """;

    public static string End => "event: end\ndata: {}\n\n";

    public static async Task SendAsync(HttpContext context, params string[] events)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var one in events)
        {
            await context.Response.WriteAsync(one, context.RequestAborted);
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
