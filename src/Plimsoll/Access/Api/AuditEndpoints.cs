using Plimsoll.Access.Audit;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Api;

/// <summary>/api/audit: who changed what.</summary>
internal static class AuditEndpoints
{
    private const int LargestPage = 200;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/audit", List).RequireRole(Role.Admin).WithTags("Audit")
            .WithName("Audit_List").WithSummary("Who changed what, newest first; before=<id> for the next page.")
            .Produces<Answer<IReadOnlyList<AuditEntry>>>();

    private static IResult List(AuditLog audit, string? project, string? user, string? action, string? text, long? before, int? limit) =>
        Answers.Ok(audit.List(new AuditFilter(before, project, user, action, text, Math.Clamp(limit ?? 50, 1, LargestPage))));
}
