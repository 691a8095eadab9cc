using Plimsoll.Access.Projects;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Schedules;
using Plimsoll.Decisions.Api;
using Plimsoll.Decisions.Explaining;
using Plimsoll.Decisions.Pending;
using Plimsoll.Decisions.Waiting;

namespace Plimsoll.Decisions;

/// <summary>Decide: pure rules, their reasons, and the record of both.</summary>
internal static class DecisionsFeature
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) =>
        services.AddSingleton<DecisionStore>().AddSingleton<BlockStore>().AddSingleton<WaitingStore>().AddHostedService<WaitingRoom>().AddSingleton<IJobPart, WaitingUpdates>()
        .AddSingleton<PendingStore>().AddSingleton<QuietStore>().AddSingleton<Approvals>().AddSingleton<Quieting>().AddSingleton<DeliveryTrace>().AddSingleton<Explainer>()
        .AddSingleton<IProjectPlace, DecisionInPath>()
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, DecisionsJson.Default));

    public static void MapDecisions(this IEndpointRouteBuilder routes) => DecisionEndpoints.Map(routes);
}
