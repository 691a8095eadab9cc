using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Api;

/// <summary>What came in at a webhook, and what became of it.</summary>
internal static class WebhookMessageEndpoints
{
    private const int UsualPage = 50;

    public static void MapWebhookMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/api/webhooks/{id}/messages").WithTags("Webhooks");
        messages.MapGet("", List).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Webhooks_ListMessages").WithSummary("The last messages, newest first; before=<sequence> for the next page")
            .Returns<IReadOnlyList<WebhookMessageResponse>>().RefusesWith(StatusCodes.Status404NotFound);
        messages.MapGet("{message}", Get).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Webhooks_GetMessage").WithSummary("One message with its headers and payload, secrets hidden")
            .Returns<WebhookMessageResponse>().RefusesWith(StatusCodes.Status404NotFound);
        messages.MapPost("{message}/replay", ReplayAsync).RequireRole(Role.Operator).FiltersByProject().RefuseWhileStopping()
            .WithName("Webhooks_ReplayMessage").WithSummary("Reads a message once more, as if it came just now")
            .Returns<WebhookResponse>(StatusCodes.Status202Accepted)
            .RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult List(string id, HttpContext context, WebhookStore webhooks, WebhookMessages messages, ProjectStore projects, long? before, int? limit) =>
        Find(id, context, webhooks) is { } webhook
            ? Answers.Ok<IReadOnlyList<WebhookMessageResponse>>([.. messages
                .List(webhook.Id, limit ?? UsualPage, before, Visible(context.User.Caller(), projects)).Select(WebhookMessageResponse.From)])
            : WebhookEndpoints.NoWebhook(id);

    private static IResult Get(string id, string message, HttpContext context, WebhookStore webhooks, WebhookMessages messages, ProjectStore projects)
    {
        if (Find(id, context, webhooks) is not { } webhook)
        {
            return WebhookEndpoints.NoWebhook(id);
        }

        return messages.Find(webhook.Id, message, Visible(context.User.Caller(), projects)) is { } found
            ? Answers.Ok(WebhookMessageResponse.From(found))
            : NoMessage(message);
    }

    private static async Task<IResult> ReplayAsync(
        string id, string message, HttpContext context, WebhookStore webhooks, WebhookMessages messages, ProjectStore projects, WebhookReplay replay)
    {
        if (Find(id, context, webhooks) is not { } webhook)
        {
            return WebhookEndpoints.NoWebhook(id);
        }

        var caller = context.User.Caller();
        return messages.Find(webhook.Id, message, Visible(caller, projects)) is { } found
            ? await replay.RunAsync(webhook, found, caller, context)
            : NoMessage(message);
    }

    private static Webhook? Find(string id, HttpContext context, WebhookStore webhooks) =>
        webhooks.Find(id) is { } webhook && context.User.Caller().MaySee(webhook) ? webhook : null;

    /// <summary>The repositories whose messages a caller may see; null: all. What names no image may tell of anything.</summary>
    private static IReadOnlyCollection<string>? Visible(Caller caller, ProjectStore projects) => caller.Projects is null
        ? null
        : [.. projects.List().Where(project => caller.MaySee(project.Id)).Select(project => project.Repository).Distinct(StringComparer.Ordinal)];

    private static IResult NoMessage(string message) => Answers.Refused(Refusal.NotFound($"There is no message '{PrintableName.Of(message)}' that you may see. Only the newest are kept."));
}
