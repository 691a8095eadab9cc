using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Schedules;
using Plimsoll.Candidates.Schedules.Api;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Candidates.Schedules;

public sealed class JobEndpointTests
{
    private const string Night = """{ "name": "night", "kind": "update", "cron": "0 3 * * *", "timeZone": "Europe/Berlin" }""";

    [Fact]
    public async Task The_scan_is_there_from_the_first_day_and_cannot_be_removed()
    {
        await using var host = await StartAsync();

        var job = (await host.Viewer.SendAsync("GET", "/api/jobs")).Data[0]!;
        ((string)job["name"]!, (string)job["kind"]!, (bool)job["builtIn"]!).ShouldBe(("scan", "scan", true));
        job["actions"]!.AsArray().ShouldBeEmpty("a viewer only looks");

        (await host.Admin.SendAsync("DELETE", "/api/jobs/scan")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_job_by_cron_tells_its_next_run_by_the_clocks_of_its_zone()
    {
        await using var host = await StartAsync();

        (await host.Admin.SendAsync("POST", "/api/jobs", Night)).Status.ShouldBe(HttpStatusCode.Created);

        var job = (await host.Viewer.SendAsync("GET", "/api/jobs/night")).Data;
        ((string)job["nextRunLocal"]!).ShouldContain("T03:00:00+0");
        DateTimeOffset.Parse((string)job["nextRunAt"]!, System.Globalization.CultureInfo.InvariantCulture).Offset.ShouldBe(TimeSpan.Zero);
        ((bool)job["atStart"]!).ShouldBeFalse("updates come at their time, not when Plimsoll happens to be started");
        (await host.Admin.SendAsync("PUT", "/api/jobs/night", """{ "every": "2h" }""")).ShouldBeOk();
        job = (await host.Viewer.SendAsync("GET", "/api/jobs/night")).Data;
        ((string?)job["every"], (string?)job["cron"]).ShouldBe(("2h", null));
        (await host.Admin.SendAsync("DELETE", "/api/jobs/night")).ShouldBeOk();
        (await host.Viewer.SendAsync("GET", "/api/jobs/night")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{ "name": "x", "kind": "update" }""", "every")]
    [InlineData("""{ "name": "x", "kind": "dance", "every": "1h" }""", "kind")]
    [InlineData("""{ "name": "x", "kind": "1", "every": "1h" }""", "kind")]
    [InlineData("""{ "name": "x", "kind": "scan", "every": "soon" }""", "every")]
    [InlineData("""{ "name": "x", "kind": "scan", "every": "1s" }""", "every")]
    [InlineData("""{ "name": "x", "kind": "scan", "cron": "61 * * * *" }""", "cron")]
    [InlineData("""{ "name": "x", "kind": "scan", "cron": "0 3 30 2 *" }""", "cron")]
    [InlineData("""{ "name": "x", "kind": "scan", "every": "1h", "cron": "0 3 * * *" }""", "cron")]
    [InlineData("""{ "name": "x", "kind": "scan", "cron": "0 3 * * *", "timeZone": "Berlin" }""", "timeZone")]
    [InlineData("""{ "name": "Not a name", "kind": "scan", "every": "1h" }""", "name")]
    public async Task What_cannot_be_is_refused_by_its_field(string body, string field)
    {
        await using var host = await StartAsync();

        var answer = await host.Admin.SendAsync("POST", "/api/jobs", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Data["errors"]!.AsObject().Select(error => error.Key).ShouldContain(field);
    }

    [Fact]
    public async Task An_operator_has_a_job_done_now_and_hears_how_it_ended()
    {
        await using var host = await StartAsync();
        (await host.Admin.SendAsync("POST", "/api/jobs", Night)).Status.ShouldBe(HttpStatusCode.Created);

        (await host.Viewer.SendAsync("POST", "/api/jobs/night/run")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var answer = await host.Operator.SendAsync("POST", "/api/jobs/night/run?wait=60");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        var last = answer.Data["lastRun"]!;
        ((string)last["result"]!, (string)last["askedBy"]!).ShouldBe(("ok", "token test operator"));
        (await host.Viewer.SendAsync("GET", "/api/jobs/night/runs")).Data.AsArray().Count.ShouldBe(1);
    }

    private static Task<AppsHost> StartAsync() => AppsHost.StartAsync(
        services => services
            .AddSingleton<Plimsoll.Plumbing.Stopping>()
            .AddJobs()
            .AddHostedService(provider => provider.GetRequiredService<JobRunner>())
            .ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, CandidatesJson.Default)),
        JobEndpoints.Map);
}
