using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>What holds for every project, and the secret address of the webhook.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup("/api/settings").WithTags("Settings");
        settings.MapGet("", Get).RequireRole(Role.Viewer).ConcernsNoProject()
            .WithName("Settings_Get").WithSummary("The settings")
            .Returns<SettingsBody>();
        settings.MapPut("", UpdateAsync).RequireRole(Role.Admin)
            .WithName("Settings_Update").WithSummary("Changes the fields that are sent")
            .Returns<SettingsBody>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status412PreconditionFailed);
        settings.MapGet("webhook-url", GetWebhookUrlAsync).RequireRole(Role.Admin)
            .WithName("Settings_GetWebhookUrl").WithSummary("The secret address that registries and pipelines call")
            .Returns<WebhookUrlResponse>();
        settings.MapPost("webhook-url/regenerate", RegenerateWebhookUrlAsync).RequireRole(Role.Admin)
            .WithName("Settings_RegenerateWebhookUrl").WithSummary("Makes a new secret address; the old one stops working at once")
            .Returns<WebhookUrlResponse>();
    }

    private static IResult Get(HttpContext context, SettingsStore settings)
    {
        EditCheck.Show(context, settings.Revision());
        return Answers.Ok(SettingsBody.From(settings.Read()));
    }

    private static async Task<IResult> UpdateAsync(SettingsBody body, HttpContext context, AppsChanges changes, CancellationToken cancellationToken) =>
        (await changes.UpdateSettingsAsync(body.Over, cancellationToken, new EditCheck(context, SettingsStore.RevisionIn))).ToAnswer(SettingsBody.From);

    private static async Task<IResult> GetWebhookUrlAsync(HttpRequest request, SettingsStore settings, CancellationToken cancellationToken) =>
        Answers.Ok(Address(request, await settings.WebhookSecretAsync(cancellationToken)));

    private static async Task<IResult> RegenerateWebhookUrlAsync(HttpRequest request, AppsChanges changes, CancellationToken cancellationToken) =>
        Answers.Ok(Address(request, await changes.RegenerateWebhookSecretAsync(cancellationToken)));

    private static WebhookUrlResponse Address(HttpRequest request, string secret)
    {
        var path = $"{request.PathBase}/api/webhook/{secret}";
        return new WebhookUrlResponse($"{request.Scheme}://{request.Host}{path}", path);
    }
}
