using Plimsoll.Candidates.Api;
using Plimsoll.Candidates.Images;
using Plimsoll.Candidates.Schedules;
using Plimsoll.Candidates.Schedules.Api;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>Detect: webhooks and polls, turned into artifacts newly seen.</summary>
internal static class CandidatesFeature
{
    public static IServiceCollection AddCandidates(this IServiceCollection services) => services
        .AddSingleton<RecentAnswers>()
        .AddSingleton<RegistryDesk>()
        .AddSingleton<ImageBook>()
        .AddSingleton<Func<ImageReference, long?, CancellationToken, Task<ImageConfiguration>>>(provider =>
            (reference, preferred, token) => provider.GetRequiredService<RegistryDesk>().ReadConfigurationAsync(reference, ProjectAutoCreation.ThisPlatform(), preferred, token, Freshness.Poll))
        .AddSingleton<ImageDesk>()
        .AddSingleton<DeliveryStore>()
        .AddSingleton<SeenTags>()
        .AddSingleton<ProjectAutoCreation>()
        .AddSingleton<RegistryScan>()
        .AddSingleton<WebhookEndpoint>()
        .AddHostedService<DeliveryReader>()
        .AddSingleton<ScheduleStore>()
        .AddSingleton<JobRunStore>()
        .AddSingleton<ScheduleChanges>()
        .AddSingleton<IJobPart, ImageScanPart>()
        .AddSingleton<JobRunner>()
        .AddHostedService(provider => provider.GetRequiredService<JobRunner>())
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, CandidatesJson.Default));

    public static void MapCandidates(this IEndpointRouteBuilder routes)
    {
        JobEndpoints.Map(routes);
        routes.MapPost(
                "/api/webhook/{secret}",
                (HttpContext context, string secret, int? wait, WebhookEndpoint endpoint) => endpoint.ReceiveAsync(context, secret, wait))
            .AllowAnonymous()
            .RefuseWhileStopping()
            .WithName("Webhook_Receive")
            .WithSummary("Says that an image was pushed. The address holds a secret; nothing else is needed.")
            .Produces<Answer<WebhookResponse>>(StatusCodes.Status202Accepted)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status503ServiceUnavailable);
    }
}
