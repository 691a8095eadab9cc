using System.Net;
using Plimsoll.Plumbing.Database;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Apps.Api;

public sealed class PolicyEndpointsTests
{
    private const string Shop = """{ "name": "shop", "image": "ghcr.io/acme/shop", "stages": [ { "name": "rel", "tagPattern": "v1.4.*", "autoDeploy": false } ] }""";

    [Fact]
    public async Task A_policy_is_written_with_the_stage_told_in_words_kept_and_taken_away_again()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        var before = Revisions.OfProject(host.Get<Store>(), 1);

        var changed = (await host.Operator.SendAsync(
            "PUT", "/api/projects/shop/stages/rel",
            """{ "policy": { "minimumAge": "2h", "exclude": ["/-debug$/"], "windows": [ { "cron": "0 2 * * *", "duration": "2h", "timeZone": "Europe/Berlin" } ] } }""")).ShouldBeOk().Data;

        ((string?)changed["policyText"]).ShouldBe(
            "Would deploy v1.4.* but not /-debug$/, 02:00–04:00 Europe/Berlin, once the image is 2 hours old, after a person has approved it.");
        Revisions.OfProject(host.Get<Store>(), 1).ShouldNotBe(before, "who edits the project at the same time finds out");
        var kept = (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/rel", """{ "maxInstances": 2 }""")).ShouldBeOk().Data;
        kept["policy"]!.ToJsonString().ShouldBe(changed["policy"]!.ToJsonString());
        (await host.Operator.SendAsync("GET", "/api/projects/shop/config")).Data["stages"]![0]!["policy"]!.ToJsonString().ShouldBe(changed["policy"]!.ToJsonString());

        var cleared = (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/rel", """{ "policy": {} }""")).ShouldBeOk().Data;
        ((string?)cleared["policy"]!["follow"]).ShouldBe("tag");
        ((string?)cleared["policy"]!["minimumAge"]).ShouldBeNull();
        cleared["policy"]!["windows"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Mistakes_are_named_by_field_and_nothing_is_changed()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);

        (await host.Operator.SendAsync(
            "PUT", "/api/projects/shop/stages/rel", """{ "maxInstances": 9, "policy": { "follow": "newest", "include": [null, "v*"], "windows": [ null, { "cron": "0 2 * * *", "duration": "2h", "timeZone": "x" } ] } }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(
                ["policy.follow", "policy.include.0", "policy.windows.0.cron", "policy.windows.0.duration", "policy.windows.1.timeZone"], ignoreOrder: true);

        ((int)(await host.Operator.SendAsync("GET", "/api/projects/shop/config")).Data["stages"]![0]!["maxInstances"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_policy_is_told_in_words_before_it_is_saved()
    {
        await using var host = await AppsHost.StartAsync();

        var preview = (await host.Viewer.SendAsync("POST", "/api/policies/preview", """{ "tagPattern": "*", "autoDeploy": true, "policy": { "follow": "semver 1.x" } }""")).ShouldBeOk().Data;
        ((string?)preview["text"]).ShouldBe("Would deploy the newest version in 1.x among tags that match *.");
        preview["errors"]!.AsObject().ShouldBeEmpty();

        var wrong = (await host.Viewer.SendAsync("POST", "/api/policies/preview", """{ "tagPattern": "*", "policy": { "minimumAge": "soon" } }""")).ShouldBeOk().Data;
        wrong["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["policy.minimumAge"]);
    }

    [Fact]
    public async Task The_policy_of_containers_is_a_setting_that_is_changed_field_by_field()
    {
        await using var host = await AppsHost.StartAsync();
        var policy = (await host.Viewer.SendAsync("GET", "/api/settings")).ShouldBeOk().Data["policy"]!;
        policy["skipLabels"]!.AsArray().Select(label => (string?)label).ShouldBe(["watchdocker.skip=true"]);

        await host.Admin.SendAsync("PUT", "/api/settings", """{ "policy": { "onlyLabels": ["team=a"], "skipSemverPinned": false } }""");
        var changed = (await host.Admin.SendAsync("PUT", "/api/settings", """{ "policy": { "floatingTags": ["edge-*"] } }""")).ShouldBeOk().Data["policy"]!;

        changed["onlyLabels"]!.ToJsonString().ShouldBe("""["team=a"]""");
        ((bool)changed["skipSemverPinned"]!).ShouldBeFalse();
        changed["floatingTags"]!.ToJsonString().ShouldBe("""["edge-*"]""");
        (await host.Admin.SendAsync("PUT", "/api/settings", """{ "policy": { "onlyLabels": [""], "floatingTags": ["a b"] } }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["policy.onlyLabels", "policy.floatingTags"], ignoreOrder: true);
    }
}
