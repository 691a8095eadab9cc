using Plimsoll.Access;
using Plimsoll.Access.Audit;
using Plimsoll.Access.Projects;
using Plimsoll.Apps.Policies;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>Tells in words what a policy would do, before anybody saves it.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicies(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/policies/preview", Preview).RequireRole(Role.Viewer).ConcernsNoProject().ChangesNothing().WithTags("Projects")
            .WithName("Policies_Preview").WithSummary("What a stage with these fields would deploy by itself and when, in a sentence, and the mistakes in its policy. Nothing is stored.")
            .Returns<PolicyPreviewResponse>();

    private static IResult Preview(StageRequest request)
    {
        var stage = request.Over(null);
        var problems = PolicyRules.Of(stage.Policy).Problems.ToDictionary(pair => $"policy.{pair.Key}", pair => pair.Value);
        if (TagPattern.Problem(stage.TagPattern) is { } problem)
        {
            problems["tagPattern"] = problem;
        }

        return Answers.Ok(new PolicyPreviewResponse(PolicySentence.Of(stage), problems));
    }
}

/// <summary>A policy in words.</summary>
/// <param name="Errors">Mistakes by field, such as <c>policy.minimumAge</c>; empty: there are none.</param>
public sealed record PolicyPreviewResponse(string Text, IReadOnlyDictionary<string, string> Errors);
