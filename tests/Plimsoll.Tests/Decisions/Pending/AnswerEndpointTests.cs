using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Access;
using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Candidates.Schedules;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Pending;
using Plimsoll.Deployments;
using Plimsoll.Deployments.Api;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Decisions.Pending;

public sealed class AnswerEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_sees_what_waits_and_only_an_operator_answers()
    {
        await using var host = await StartAsync();
        var id = await AskAsync(host, "shop", "v1");
        var list = (await host.Viewer.SendAsync("GET", "/api/pending")).ShouldBeOk().Data.AsArray();
        ((long)list.ShouldHaveSingleItem()!["id"]!, (string)list[0]!["state"]!, (string)list[0]!["stage"]!).ShouldBe((id, "open", "rel"));
        foreach (var (method, what) in new[] { ("POST", "approve"), ("POST", "decline"), ("POST", "snooze"), ("POST", "skip"), ("DELETE", "snooze"), ("DELETE", "skip") })
        {
            (await host.Viewer.SendAsync(method, $"/api/decisions/{id}/{what}", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden, what);
            (await host.Operator.SendAsync(method, $"/api/decisions/999/{what}", """{"for":"2d"}""")).Status.ShouldBe(HttpStatusCode.NotFound, what);
        }

        var said = (await host.Operator.SendAsync("POST", $"/api/decisions/{id}/approve", """{"note":"go"}""")).ShouldBeOk().Data;
        ((string)said["state"]!, (string)said["decision"]!).ShouldBe(("approved", "deploy"));
        var late = (await host.Admin.SendAsync("POST", $"/api/decisions/{id}/approve", "{}")).ShouldBe(HttpStatusCode.Conflict, 40900);
        late.Message.ShouldContain("token test operator");
        (await host.Viewer.SendAsync("GET", "/api/pending")).Data.AsArray().ShouldBeEmpty();
        ((string)(await host.Viewer.SendAsync("GET", "/api/pending?state=approved")).Data[0]!["by"]!).ShouldBe("token test operator");
        (await host.Viewer.SendAsync("GET", "/api/pending?state=lost")).ShouldBe(HttpStatusCode.BadRequest, 40000);
    }

    [Fact]
    public async Task Who_is_restricted_to_a_project_sees_and_answers_only_its_questions()
    {
        await using var host = await StartAsync();
        var (own, other) = (await AskAsync(host, "shop", "v1"), await AskAsync(host, "blog", "v1"));
        var made = await host.Get<TokenChanges>().AddAsync("only shop", "operator", null, new Caller("tests", Role.Admin, SignInWay.Token), Token, ["shop"]);
        host.Operator.DefaultRequestHeaders.Authorization = new("Bearer", made.Value.Secret.Text);

        (await host.Operator.SendAsync("GET", "/api/pending")).Data.AsArray().ShouldHaveSingleItem()!["project"]!.GetValue<string>().ShouldBe("shop");
        (await host.Operator.SendAsync("GET", $"/api/decisions/{other}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.Operator.SendAsync("POST", $"/api/decisions/{other}/approve", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.Operator.SendAsync("GET", "/api/pending?project=blog")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.Operator.SendAsync("GET", "/api/decisions/explain?project=blog")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.Operator.SendAsync("GET", "/api/decisions/explain?image=registry.example.org/acme/blog")).Data["sightings"]!.AsArray().ShouldBeEmpty();
        (await host.Operator.SendAsync("POST", $"/api/decisions/{own}/decline", "{}")).ShouldBeOk();
    }

    [Theory]
    [InlineData("snooze", "{}", "until")]
    [InlineData("snooze", """{"for":"2d","until":"2099-01-01T00:00:00Z"}""", "until")]
    [InlineData("snooze", """{"for":"soon"}""", "for")]
    [InlineData("snooze", """{"for":"0"}""", "for")]
    [InlineData("snooze", """{"until":"2001-01-01T00:00:00Z"}""", "until")]
    [InlineData("skip", """{"what":"everything"}""", "what")]
    public async Task A_wrong_field_is_named(string what, string body, string field)
    {
        await using var host = await StartAsync();
        var id = await AskAsync(host, "shop", "v1");
        (await host.Operator.SendAsync("POST", $"/api/decisions/{id}/{what}", body)).ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldContain(field);
    }

    [Fact]
    public async Task What_is_snoozed_and_skipped_is_listed_and_taken_back()
    {
        await using var host = await StartAsync();
        var id = await AskAsync(host, "shop", "v1");
        foreach (var (what, state) in new[] { ("snooze", "snoozed"), ("skip", "skipped") })
        {
            (await host.Operator.SendAsync("POST", $"/api/decisions/{id}/{what}", what == "skip" ? "{}" : """{"for":"2d"}""")).ShouldBeOk();
            (await host.Viewer.SendAsync("GET", "/api/pending")).Data.AsArray().ShouldBeEmpty();
            ((string)(await host.Viewer.SendAsync("GET", $"/api/pending?state={state}")).Data.AsArray().ShouldHaveSingleItem()!["state"]!).ShouldBe(state);
            (await host.Operator.SendAsync("DELETE", $"/api/decisions/{id}/{what}")).ShouldBeOk();
            (await host.Viewer.SendAsync("GET", "/api/pending")).Data.AsArray().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task An_explanation_tells_the_rule_or_that_nobody_has_ever_named_it()
    {
        await using var host = await StartAsync();
        await AskAsync(host, "shop", "v1");
        var sighting = (await host.Viewer.SendAsync("GET", "/api/decisions/explain?image=registry.example.org/acme/shop:v1")).ShouldBeOk().Data["sightings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)sighting["decidedBy"]!).ShouldBe("auto-deploy");
        ((string)sighting["pending"]!["state"]!).ShouldBe("open");
        sighting["decision"]!["rules"]!.AsArray().Count.ShouldBe(22);

        var nothing = (await host.Viewer.SendAsync("GET", "/api/decisions/explain?image=nginx:9")).ShouldBeOk().Data;
        ((string)nothing["message"]!).ShouldBe("No message and no scan has named this image. No project runs docker.io/library/nginx. Last scan: there was none yet.");
        (await host.Viewer.SendAsync("GET", "/api/decisions/explain")).ShouldBe(HttpStatusCode.BadRequest, 40000);
    }

    [Fact]
    public async Task A_promotion_says_why_it_is_not_possible_and_moves_the_digest_when_it_is()
    {
        await using var host = await StartAsync();
        var project = host.Get<ProjectStore>().Find("shop")!;
        var source = host.Get<StageStore>().Find(project.Id, "rel")!;
        await host.Get<Store>().WriteAsync(scope => host.Get<StageStore>().Add(scope, new Stage { ProjectId = project.Id, Name = "prod", TagPattern = "v*", PromoteFrom = "rel", Confirm = true }), Token);

        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages/prod/promote", "{}")).ShouldBe(HttpStatusCode.Conflict, 40900).Message.ShouldContain("Nothing is live on shop/rel");
        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages/rel/promote", "{}")).ShouldBe(HttpStatusCode.Conflict, 40900).Message.ShouldContain("promoteFrom");
        await host.Get<Store>().WriteAsync(
            scope => host.Get<InstanceStore>().Add(scope, Given.Instance("one", "v1", Standing.Live, 1) with { StageId = source.Id, Repository = project.Repository }), Token);

        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages/prod/promote", "{}")).ShouldBe(HttpStatusCode.BadRequest, 40000).Errors["confirm"].ShouldContain("confirm: true");
        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages/prod/promote", """{"confirm":true,"tag":"v0"}""")).ShouldBe(HttpStatusCode.Conflict, 40900);
        (await host.Viewer.SendAsync("POST", "/api/projects/shop/stages/prod/promote", """{"confirm":true}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        ((bool)(await host.Viewer.SendAsync("GET", "/api/projects/shop/stages/prod/promotion")).ShouldBeOk().Data["isPossible"]!).ShouldBeTrue();
        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages/prod/promote", """{"confirm":true,"tag":"v1"}""")).ShouldBe(HttpStatusCode.Accepted, 0);
        host.Get<DeploymentStore>().List(null, null, null, 10).ShouldHaveSingleItem().Digest.ShouldBe(Given.Digest("v1"));

        await host.Get<Store>().WriteAsync(scope => InstanceStore.SetTrouble(scope, "one", "it was stopped."), Token);
        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages/prod/promote", """{"confirm":true}""")).ShouldBe(HttpStatusCode.Conflict, 40900).Message.ShouldContain("not well");
    }

    private static async Task<long> AskAsync(AppsHost host, string project, string tag)
    {
        await host.Get<ICandidateJudge>().JudgeAsync(
            new Candidate { Artifact = new Artifact($"registry.example.org/acme/{project}", tag, Given.Digest(tag)), Trigger = CandidateTrigger.Webhook, RequestedBy = "a message" }, Token);
        return host.Get<PendingStore>().List(PendingState.Open, host.Get<ProjectStore>().Find(project)!.Id, null)[0].Id;
    }

    private static async Task<AppsHost> StartAsync()
    {
        var host = await AppsHost.StartAsync(
            services =>
            {
                services.AddDecisions().AddSingleton<Plimsoll.Decisions.Containers.IContainerLook, NoContainers>()
                    .AddSingleton<Plimsoll.Plumbing.Stopping>().AddSingleton<ScheduleStore>().AddSingleton<JobRunStore>().AddSingleton<ImageBook>().AddSingleton<CandidateImages>()
                    .AddSingleton<DeploymentStore>().AddSingleton<InstanceStore>().AddSingleton<DecisionRecord>().AddSingleton<ICandidateJudge, CandidateIntake>().AddSingleton<ManualPromotion>()
                    .AddSingleton(provider => new ImageDesk(
                        provider.GetRequiredService<ImageBook>(),
                        (reference, _, _) => Task.FromException<ImageConfiguration>(new RegistryException(RegistryFailure.Unreachable, reference.ToString(), "There is no registry.")),
                        TimeProvider.System, NullLogger<ImageDesk>.Instance))
                    .AddSingleton(provider => new DeploymentLoop(
                        provider.GetRequiredService<DeploymentStore>(), _ => throw new InvalidOperationException("The loop is not started."), null!,
                        provider.GetRequiredService<Plimsoll.Plumbing.Stopping>(), TimeProvider.System, NullLogger<DeploymentLoop>.Instance))
                    .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, DeploymentsJson.Default));
            },
            routes =>
            {
                routes.MapDecisions();
                PromotionEndpoints.Map(routes);
            });
        foreach (var name in new[] { "shop", "blog" })
        {
            await host.Get<Store>().WriteAsync(
                scope => host.Get<StageStore>().Add(scope, Given.Stage with { AutoDeploy = false, ProjectId = host.Get<ProjectStore>().Add(scope, new Project { Name = name, Repository = $"registry.example.org/acme/{name}" }) }), Token);
        }

        return host;
    }
}
