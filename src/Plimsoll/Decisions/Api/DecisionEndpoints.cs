using System.Globalization;
using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Decisions.Explaining;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Decisions.Api;

internal static class DecisionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/decisions", List)
            .RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Decisions_List")
            .WithSummary("What was decided about which image, and why; newest first; before=<id> for the next page.")
            .Produces<Answer<IReadOnlyList<DecisionResponse>>>();
        routes.MapGet("/api/decisions/explain", Explain).WithTags("Decisions").RequireRole(Role.Viewer).FiltersByProject()
            .WithName("Decisions_Explain").WithSummary("Why an image was or was not deployed: of each stage or container and tag the newest decision, 20 at most, with every rule.")
            .Returns<ExplanationResponse>().RefusesWith(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        AnswerEndpoints.Map(routes);
    }

    private static IResult Explain(HttpContext context, Explainer explainer, ProjectStore projects, StageStore stages, string? image, string? project, string? stage, string? container)
    {
        if (image is null && project is null && container is null)
        {
            return Answers.Refused(Refusal.Invalid("image", "Say which image (image=), which project (project=) or which container (container=) it is about."));
        }

        ImageReference? reference = null;
        if (image is not null && !ImageReference.TryParse(image, out reference, out var problem))
        {
            return Answers.Refused(Refusal.Invalid("image", problem!));
        }

        var caller = context.User.Caller();
        var ofProject = project is null ? null : projects.Find(project);
        if (project is not null && (ofProject is null || !caller.MaySee(ofProject.Id)))
        {
            return Answers.Refused(Refusal.NotFound($"There is no project '{project}'."));
        }

        if (stage is not null && ofProject is null)
        {
            return Answers.Refused(Refusal.Invalid("project", "Say which project the stage belongs to: project=<name>."));
        }

        var ofStage = stage is null ? null : stages.Find(ofProject!.Id, stage);
        if (stage is not null && ofStage is null)
        {
            return Answers.Refused(Refusal.NotFound($"The project {ofProject!.Name} has no stage '{stage}'."));
        }

        var explanation = explainer.Explain(reference, ofProject is null ? null : (ofProject, ofStage), container, caller.Projects?.Ids);
        return Answers.Ok(new ExplanationResponse(
            explanation.Message, [.. explanation.Sightings.Select(sighting => SightingResponse.From(sighting, id => AnswerEndpoints.Confirms(stages, id)))]));
    }

    private static IResult List(
        HttpContext context, DecisionStore decisions, ProjectStore projects, StageStore stages, string? image, string? project, string? stage, string? container, string? verdict, string? text, long? before, int? limit)
    {
        var caller = context.User.Caller();
        var ofProject = project is null ? null : projects.Find(project);
        if (project is not null && (ofProject is null || !caller.MaySee(ofProject.Id)))
        {
            return Answers.Refused(Refusal.NotFound($"There is no project '{project}'."));
        }

        // A stage's number needs no project; its name does.
        var stageId = stage is null ? (long?)null : ofProject is not null ? stages.Find(ofProject.Id, stage)?.Id ?? Number(stage) : Number(stage);
        if (stage is not null && stageId is null)
        {
            return Answers.Refused(ofProject is null
                ? Refusal.Invalid("stage", "Write the stage's number, or say which project it belongs to as well: project=<name>.")
                : Refusal.NotFound($"The project {ofProject.Name} has no stage '{stage}'."));
        }

        string? repository = null;
        if (image is not null)
        {
            if (!ImageReference.TryParse(image, out var reference, out var problem))
            {
                return Answers.Refused(Refusal.Invalid("image", problem!));
            }

            repository = reference!.Name;
        }

        IReadOnlyList<DecisionResponse> found = [.. decisions.List(
            new DecisionFilter(repository, ofProject?.Id, stageId, verdict, text, container), limit ?? 50, before, caller.Projects?.Ids).Select(DecisionResponse.From)];
        return Answers.Ok(found);
    }

    private static long? Number(string stage) => long.TryParse(stage, CultureInfo.InvariantCulture, out var number) ? number : null;
}
