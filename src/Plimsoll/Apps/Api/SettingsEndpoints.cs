using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>What holds for every project.</summary>
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
    }

    private static IResult Get(HttpContext context, SettingsStore settings)
    {
        EditCheck.Show(context, settings.Revision());
        return Answers.Ok(SettingsBody.From(settings.Read()));
    }

    private static async Task<IResult> UpdateAsync(SettingsBody body, HttpContext context, AppsChanges changes, CancellationToken cancellationToken) =>
        (await changes.UpdateSettingsAsync(body.Over, cancellationToken, new EditCheck(context, SettingsStore.RevisionIn))).ToAnswer(SettingsBody.From);
}
