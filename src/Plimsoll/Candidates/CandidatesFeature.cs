using Plimsoll.Access;
using Plimsoll.Candidates.Api;
using Plimsoll.Candidates.Hooks;
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
        .AddWebhooks()
        .AddHostedService<DeliveryReader>()
        .AddJobs()
        .AddSingleton<IJobPart, ImageScanPart>()
        .AddHostedService(provider => provider.GetRequiredService<JobRunner>());

    /// <summary>The webhooks alone, without what works through the inbox.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookStore>().AddSingleton<WebhookMessages>().AddSingleton<WebhookChanges>().AddSingleton<WebhookIntake>()
        .AddSingleton<WebhookAnswers>().AddSingleton<WebhookReplay>().AddSingleton<WebhookEndpoint>()
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, CandidatesJson.Default));

    /// <summary>The jobs without their parts, and without what does them when they are due.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<ScheduleStore>().AddSingleton<JobRunStore>().AddSingleton<ScheduleChanges>().AddSingleton<JobRunner>();

    /// <summary>Runs once the store is migrated and before anything listens.</summary>
    public static Task PrepareCandidatesAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<WebhookStore>().PrepareAsync(cancellationToken);

    public static void MapCandidates(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(
                "/api/webhook/{secret}",
                (HttpContext context, string secret, int? wait, WebhookEndpoint endpoint) => endpoint.ReceiveAsync(context, secret, wait))
            .DescribeDoor("Webhook_Receive", "Says that an image was pushed, in the words of a registry or of a person. The address holds a secret.");
        routes.MapGet(
                "/api/webhook/{secret}",
                (HttpContext context, string secret, int? wait, WebhookEndpoint endpoint) => endpoint.ReceiveInAddressAsync(context, secret, wait))
            .DescribeDoor("Webhook_ReceiveInAddress", "The same with the message in the address, as payload=, which Gitea can send.")
            .Produces<Answer<AnswerErrors>>(StatusCodes.Status405MethodNotAllowed);
        routes.MapWebhooks();
        routes.MapWebhookMessages();
        JobEndpoints.Map(routes);
    }

    private static RouteHandlerBuilder DescribeDoor(this RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .AllowAnonymous()
        .ReadsItsOwnAuthorization()
        .RefuseWhileStopping()
        .WithTags("Webhooks")
        .WithName(name)
        .WithSummary(summary)
        .Produces<Answer<WebhookResponse>>(StatusCodes.Status202Accepted)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status400BadRequest)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status401Unauthorized)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status404NotFound)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status413PayloadTooLarge)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status429TooManyRequests)
        .Produces<Answer<AnswerErrors>>(StatusCodes.Status503ServiceUnavailable);
}
