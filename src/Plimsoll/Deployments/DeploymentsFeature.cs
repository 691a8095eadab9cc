using Plimsoll.Access.Projects;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Candidates.Images;
using Plimsoll.Deployments.Api;
using Plimsoll.Deployments.ByHand;
using Plimsoll.Deployments.Images;
using Plimsoll.Deployments.Readiness;
using Plimsoll.Deployments.Recovery;
using Plimsoll.Deployments.Strategies;

namespace Plimsoll.Deployments;

/// <summary>Deploy: the journaled state machine and everything it needs.</summary>
internal static class DeploymentsFeature
{
    public static IServiceCollection AddDeployments(this IServiceCollection services) => services
        .AddSingleton<Installation>()
        .AddSingleton<DeploymentStore>()
        .AddSingleton<InstanceStore>()
        .AddSingleton<DeploymentJournal>()
        .AddSingleton<DeploymentContexts>()
        .AddSingleton<IReadinessCondition, UntilContainerStaysUp>()
        .AddSingleton<IReadinessCondition, UntilContainerIsHealthy>()
        .AddSingleton<IReadinessCondition, UntilHttpAnswers>()
        .AddSingleton<IReadinessCondition, UntilTcpAccepts>()
        .AddSingleton<HealthGate>()
        .AddSingleton<DeploymentObserver>()
        .AddSingleton<LastLook>()
        .AddSingleton<FailureStore>()
        .AddSingleton<BlueGreen>()
        .AddSingleton<ImageLedger>()
        .AddSingleton<ImageSweep>()
        .AddSingleton<DiskCheck>()
        .AddSingleton<DeploymentRun>()
        .AddSingleton<Leftovers>()
        .AddSingleton<DeploymentWatch>()
        .AddSingleton<IDeploymentWatch>(provider => provider.GetRequiredService<DeploymentWatch>())
        .AddSingleton<ILiveTags, LiveTags>()
        .AddSingleton<DecisionRecord>()
        .AddSingleton<CandidateImages>()
        .AddSingleton<ICandidateJudge, CandidateIntake>()
        .AddSingleton<Func<long, StageReconciler>>(provider => stageId => ActivatorUtilities.CreateInstance<StageReconciler>(provider, stageId))
        .AddSingleton<EngineOutages>()
        .AddHostedService(provider => provider.GetRequiredService<EngineOutages>())
        .AddSingleton<WishJournal>()
        .AddSingleton<WishWork>()
        .AddSingleton<StageChores>()
        .AddSingleton<Removals>()
        .AddSingleton<Func<DeploymentLoop>>(provider => provider.GetRequiredService<DeploymentLoop>)
        .AddSingleton<DeploymentLoop>()
        .AddHostedService(provider => provider.GetRequiredService<DeploymentLoop>())
        .AddHostedService<LeftoverSweep>()
        .AddSingleton<RecoveryJournal>()
        .AddSingleton<InstanceRecovery>()
        .AddHostedService<LiveInstances>()
        .AddSingleton<ContainerStatuses>()
        .AddSingleton<ProjectOverviews>()
        .AddSingleton<ManualDeployment>()
        .AddSingleton<ManualRollback>()
        .AddSingleton<ManualPromotion>()
        .AddSingleton<DeploymentStop>()
        .AddSingleton<InstanceWishes>()
        .AddSingleton<ManualInstance>()
        .AddSingleton<QuickDeployment>()
        .AddSingleton<IProjectPlace, DeploymentInPath>()
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, DeploymentsJson.Default));

    /// <summary>Reads the id by which this Plimsoll knows its containers. Nothing may touch the engine before that.</summary>
    public static async Task PrepareDeploymentsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<Installation>().Id = await services.GetRequiredService<Apps.SettingsStore>().InstallationAsync(cancellationToken);

    public static void MapDeployments(this IEndpointRouteBuilder routes)
    {
        ProjectEndpoints.Map(routes);
        DeploymentEndpoints.Map(routes);
        PromotionEndpoints.Map(routes);
        BlockEndpoints.Map(routes);
        InstanceEndpoints.Map(routes);
        RemovalEndpoints.Map(routes);
        QuickDeployEndpoints.Map(routes);
    }
}
