using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps.Api;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Api;

/// <summary>Webhooks: several secret addresses, each with its own rules.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/api/webhooks").WithTags("Webhooks");
        webhooks.MapGet("", List).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Webhooks_List").WithSummary("All webhooks; their addresses only for admins")
            .Returns<IReadOnlyList<WebhookEntryResponse>>();
        webhooks.MapPost("", CreateAsync).RequireRole(Role.Admin)
            .WithName("Webhooks_Create").WithSummary("Adds a webhook with an address of its own")
            .Returns<WebhookEntryResponse>(StatusCodes.Status201Created).RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
        webhooks.MapGet("{id}", Get).RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Webhooks_Get").WithSummary("One webhook; {id} is a number or name")
            .Returns<WebhookEntryResponse>().RefusesWith(StatusCodes.Status404NotFound);
        webhooks.MapPut("{id}", UpdateAsync).RequireRole(Role.Admin)
            .WithName("Webhooks_Update").WithSummary("Changes the fields that are sent; {id} is a number or name")
            .Returns<WebhookEntryResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        webhooks.MapDelete("{id}", RemoveAsync).RequireRole(Role.Admin)
            .WithName("Webhooks_Delete").WithSummary("Removes a webhook with its messages; its address stops working at once")
            .Returns<Nothing>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        webhooks.MapPost("{id}/regenerate", RegenerateAsync).RequireRole(Role.Admin)
            .WithName("Webhooks_Regenerate").WithSummary("Makes a new secret address; the old one stops working at once")
            .Returns<WebhookEntryResponse>().RefusesWith(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);

        var settings = routes.MapGroup("/api/settings/webhook-url").WithTags("Settings");
        settings.MapGet("", GetDefaultUrlAsync).RequireRole(Role.Admin)
            .WithName("Settings_GetWebhookUrl").WithSummary("The secret address of the webhook 'default'")
            .Returns<WebhookUrlResponse>();
        settings.MapPost("regenerate", RegenerateDefaultUrlAsync).RequireRole(Role.Admin)
            .WithName("Settings_RegenerateWebhookUrl").WithSummary("Makes a new secret address for the webhook 'default'; the old one stops working at once")
            .Returns<WebhookUrlResponse>();
    }

    /// <summary>Whoever is restricted sees a webhook that considers one of their projects.</summary>
    public static bool MaySee(this Caller caller, Webhook webhook) =>
        caller.Projects is null || webhook.Projects is null || webhook.Projects.Ids.Any(caller.MaySee);

    public static IResult NoWebhook(string id) => Answers.Refused(Refusal.NotFound($"There is no webhook '{id}'."));

    private static IResult List(HttpContext context, WebhookStore webhooks, WebhookMessages messages)
    {
        var caller = context.User.Caller();
        var last = messages.LastAt();
        return Answers.Ok<IReadOnlyList<WebhookEntryResponse>>([.. webhooks.List().Where(webhook => caller.MaySee(webhook))
            .Select(webhook => WebhookEntryResponse.From(webhook, context, last.TryGetValue(webhook.Id, out var at) ? at : null))]);
    }

    private static IResult Get(string id, HttpContext context, WebhookStore webhooks, WebhookMessages messages)
    {
        if (webhooks.Find(id) is not { } found || !context.User.Caller().MaySee(found))
        {
            return NoWebhook(id);
        }

        // The revision before the rest: what is read later may only be newer.
        EditCheck.Show(context, webhooks.Revision(found.Id));
        return webhooks.Find(found.Id) is { } webhook
            ? Answers.Ok(WebhookEntryResponse.From(webhook, context, messages.LastAt().TryGetValue(webhook.Id, out var at) ? at : null))
            : NoWebhook(id);
    }

    private static async Task<IResult> CreateAsync(WebhookRequest request, HttpContext context, WebhookChanges changes, CancellationToken cancellationToken) =>
        (await changes.AddAsync(scope => request.Over(scope, null), cancellationToken))
            .ToAnswer(webhook => WebhookEntryResponse.From(webhook, context, null), StatusCodes.Status201Created);

    private static async Task<IResult> UpdateAsync(string id, WebhookRequest request, HttpContext context, WebhookStore webhooks, WebhookChanges changes, CancellationToken cancellationToken) =>
        webhooks.Find(id) is { } webhook
            ? (await changes.UpdateAsync(webhook.Id, request.Over, Check(context, webhook), cancellationToken)).ToAnswer(changed => WebhookEntryResponse.From(changed, context, null))
            : NoWebhook(id);

    private static async Task<IResult> RemoveAsync(string id, HttpContext context, WebhookStore webhooks, WebhookChanges changes, CancellationToken cancellationToken) =>
        webhooks.Find(id) is { } webhook ? (await changes.RemoveAsync(webhook, Check(context, webhook), cancellationToken)).ToAnswer() : NoWebhook(id);

    private static async Task<IResult> RegenerateAsync(string id, HttpContext context, WebhookStore webhooks, WebhookChanges changes, CancellationToken cancellationToken) =>
        webhooks.Find(id) is { } webhook
            ? (await changes.RegenerateAsync(webhook.Id, Check(context, webhook), cancellationToken)).ToAnswer(made => WebhookEntryResponse.From(made, context, null))
            : NoWebhook(id);

    private static async Task<IResult> GetDefaultUrlAsync(HttpRequest request, WebhookStore webhooks, CancellationToken cancellationToken) =>
        Answers.Ok(Address(request, await webhooks.DefaultAsync(cancellationToken)));

    private static async Task<IResult> RegenerateDefaultUrlAsync(HttpRequest request, WebhookStore webhooks, WebhookChanges changes, CancellationToken cancellationToken) =>
        (await changes.RegenerateAsync((await webhooks.DefaultAsync(cancellationToken)).Id, null, cancellationToken)).ToAnswer(webhook => Address(request, webhook));

    private static WebhookUrlResponse Address(HttpRequest request, Webhook webhook)
    {
        var path = $"{request.PathBase}/api/webhook/{webhook.Secret}";
        return new WebhookUrlResponse($"{request.Scheme}://{request.Host}{path}", path);
    }

    private static EditCheck Check(HttpContext context, Webhook webhook) => new(context, scope => WebhookStore.RevisionIn(scope, webhook.Id));
}
