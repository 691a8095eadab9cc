using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Decisions;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Deployments.Api;

/// <summary>Blocked digests: see them, lift them.</summary>
internal static class BlockEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/blocked", List)
            .RequireRole(Role.Viewer).FiltersByProject().WithTags("Blocked").WithName("Blocked_List").WithSummary("Digests that were rolled back and do not come again by themselves.")
            .Produces<Answer<IReadOnlyList<BlockedResponse>>>();
        routes.MapDelete("/api/projects/{id}/stages/{stage}/blocked", Lift)
            .RequireRole(Role.Operator).WithTags("Blocked").WithName("Blocked_Lift").WithSummary("Lifts the block on one digest (digest=sha256:…) or on all of the stage.")
            .Produces<Answer<UnblockedResponse>>();
    }

    private static IResult List(HttpContext context, BlockStore blocks, StageStore stages, ProjectStore projects)
    {
        var blocked = blocks.List();
        var places = stages.All().ToDictionary(stage => stage.Id);
        var names = projects.List().ToDictionary(project => project.Id, project => project.Name);
        // A project that was removed between the reads takes its blocks with it.
        IReadOnlyList<BlockedResponse> list = [.. blocked.Where(block => places.TryGetValue(block.StageId, out var place) && names.ContainsKey(place.ProjectId) && context.User.Caller().MaySee(place.ProjectId)).Select(block => new BlockedResponse(
            names[places[block.StageId].ProjectId], places[block.StageId].Name, $"{block.Repository}:{block.Tag}", block.Digest.ToString(), block.Reason, block.DeploymentId, block.BlockedAt))];
        return Answers.Ok(list);
    }

    private static async Task<IResult> Lift(string id, string stage, string? digest, ProjectStore projects, StageStore stages, Store store, EventLog events, CancellationToken cancellationToken)
    {
        if (projects.Find(id) is not { } project || stages.Find(project.Id, stage) is not { } found)
        {
            return Answers.Refused(Refusal.NotFound($"There is no stage '{stage}' of a project '{id}'."));
        }

        Digest? only = null;
        if (digest is not null)
        {
            if (!Digest.TryParse(digest, out var parsed))
            {
                return Answers.Refused(Refusal.Invalid("digest", "Write a digest like sha256:0123…, or leave it out to lift all."));
            }

            only = parsed;
        }

        var lifted = await store.WriteAsync(
            scope =>
            {
                var count = BlockStore.Lift(scope, found.Id, only);
                events.Append(scope, "digest-unblocked", $"{count} digest(s) may be deployed to {project.Name}/{found.Name} again.", project.Name, found.Name);
                scope.Record(new Change("digest-unblocked", $"{project.Name}/{found.Name}") { Before = new BlockLifted(only?.ToString() ?? "all", count), Project = project.Name });
                return count;
            },
            cancellationToken);
        return Answers.Ok(new UnblockedResponse(lifted));
    }
}
