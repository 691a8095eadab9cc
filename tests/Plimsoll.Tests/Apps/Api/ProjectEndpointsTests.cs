using System.Net;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Plumbing.Events;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Apps.Api;

public sealed class ProjectEndpointsTests
{
    private const string Shop = """
        { "name": "shop", "image": "ghcr.io/acme/shop", "port": 3000, "healthcheck": "/health", "env": { "MODE": "production", "KEY": "secret" },
          "stages": [ { "name": "dev", "tagPattern": "dev-*", "autoDeploy": true, "maxInstances": 5 }, { "name": "prod", "tagPattern": "v*", "confirm": true, "promoteFrom": "dev", "subdomain": "shop" } ] }
        """;

    [Fact]
    public async Task A_project_is_made_with_its_stages_and_found_by_number_and_by_name()
    {
        await using var host = await AppsHost.StartAsync();

        var made = (await host.Operator.SendAsync("POST", "/api/projects", Shop)).ShouldBe(HttpStatusCode.Created, 0).Data;

        ((string?)made["image"]).ShouldBe("ghcr.io/acme/shop");
        made["stages"]!.AsArray().Select(stage => (string?)stage!["host"]).ShouldBe(["stage-dev-shop.localhost", "shop.localhost"]);
        (await host.Operator.SendAsync("GET", "/api/projects/shop/config")).ShouldBeOk().Data.ToJsonString().ShouldBe(made.ToJsonString());
        (await host.Operator.SendAsync("GET", $"/api/projects/{made["id"]}/config")).ShouldBeOk().Data.ToJsonString().ShouldBe(made.ToJsonString());
        host.Get<EventLog>().After(0).ShouldContain(one => one.Kind == "project-added" && one.Project == "shop");
    }

    [Fact]
    public async Task The_short_form_of_an_image_is_kept_in_full()
    {
        await using var host = await AppsHost.StartAsync();
        var made = await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "web", "image": "nginx" }""");
        ((string?)made.ShouldBe(HttpStatusCode.Created, 0).Data["image"]).ShouldBe("docker.io/library/nginx");
    }

    [Fact]
    public async Task Values_of_variables_are_only_for_those_who_may_change_them()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        await Key(host.Viewer, ProjectResponse.Hidden);
        await Key(host.Operator, "secret");
        await Key(host.Admin, "secret");

        static async Task Key(HttpClient client, string shown) =>
            ((string?)(await client.SendAsync("GET", "/api/projects/shop/config")).ShouldBeOk().Data["env"]!["KEY"]).ShouldBe(shown);
    }

    [Theory]
    [InlineData("POST", "/api/projects")]
    [InlineData("PUT", "/api/projects/shop")]
    [InlineData("POST", "/api/projects/shop/stages")]
    [InlineData("PUT", "/api/projects/shop/stages/dev")]
    public async Task Only_operators_change_what_should_run(string method, string path)
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Viewer.SendAsync(method, path, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Nobody.SendAsync(method, path, "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Nobody.SendAsync("GET", "/api/projects/shop/config")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Every_wrong_field_of_a_new_project_is_named()
    {
        await using var host = await AppsHost.StartAsync();
        var reply = await host.Operator.SendAsync(
            "POST",
            "/api/projects",
            """{ "name": "Shop", "image": "nginx:1", "port": -1, "healthcheck": "x", "env": { "1": "x" }, "stages": [ {}, null, { "name": "a", "tagPattern": "x", "promoteFrom": "b" } ] }""");
        reply.ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(
            ["name", "image", "port", "healthcheck", "env.1", "stages.0.name", "stages.0.tagPattern", "stages.1.name", "stages.1.tagPattern", "stages.a.promoteFrom"],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"port\": \"many\" }")]
    [InlineData("{ \"env\": [] }")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_body_of_another_shape_is_refused_in_the_envelope(string body)
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Operator.SendAsync("POST", "/api/projects", body)).ShouldBe(HttpStatusCode.BadRequest, 40000);
    }

    [Fact]
    public async Task A_variable_without_a_value_is_refused()
    {
        await using var host = await AppsHost.StartAsync();
        var reply = await host.Operator.SendAsync("POST", "/api/projects", $$"""{ "name": "a", "image": "nginx", "env": { "A": null, "B": "{{ProjectResponse.Hidden}}" } }""");
        reply.ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["env.A", "env.B"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_name_and_a_subdomain_belong_to_one_only()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        (await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "shop", "image": "nginx" }""")).ShouldBe(HttpStatusCode.Conflict, 40900);
        (await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "other", "image": "nginx" }""")).ShouldBe(HttpStatusCode.Created, 0);
        (await host.Operator.SendAsync("PUT", "/api/projects/other", """{ "name": "shop" }""")).ShouldBe(HttpStatusCode.Conflict, 40900);
        (await host.Operator.SendAsync("POST", "/api/projects/other/stages", """{ "name": "live", "tagPattern": "*", "subdomain": "shop" }"""))
            .ShouldBe(HttpStatusCode.Conflict, 40900).Message.ShouldBe("The subdomain 'shop' belongs to shop / prod.");
        (await host.Operator.SendAsync(
            "POST", "/api/projects", """{ "name": "twice", "image": "nginx", "stages": [ { "name": "a", "tagPattern": "*", "subdomain": "x" }, { "name": "b", "tagPattern": "*", "subdomain": "x" } ] }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["stages.a.subdomain", "stages.b.subdomain"]);
    }

    [Fact]
    public async Task An_absent_field_keeps_its_value_and_an_empty_one_is_cleared()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);

        var changed = (await host.Operator.SendAsync("PUT", "/api/projects/shop", """{ "port": 8080 }""")).ShouldBeOk().Data;
        ((int)changed["port"]!).ShouldBe(8080);
        ((string?)changed["healthcheck"]).ShouldBe("/health");
        ((string?)changed["env"]!["KEY"]).ShouldBe("secret");
        changed["stages"]!.AsArray().Count.ShouldBe(2);

        changed = (await host.Operator.SendAsync("PUT", "/api/projects/shop", """{ "healthcheck": "" }""")).ShouldBeOk().Data;
        ((string?)changed["healthcheck"]).ShouldBeNull();
        ((int)changed["port"]!).ShouldBe(8080);
    }

    [Fact]
    public async Task A_masked_value_keeps_the_stored_one_and_a_variable_left_out_is_removed()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        var changed = (await host.Operator.SendAsync("PUT", "/api/projects/shop", $$"""{ "env": { "KEY": "{{ProjectResponse.Hidden}}", "NEW": "1" } }""")).ShouldBeOk();
        changed.Data["env"]!.ToJsonString().ShouldBe("""{"KEY":"secret","NEW":"1"}""");
        (await host.Operator.SendAsync("PUT", "/api/projects/shop", """{ "env": {} }""")).ShouldBeOk().Data["env"]!.AsObject().Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_registry_of_a_project_is_one_of_its_images_host()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", """{ "name": "ghcr", "url": "https://ghcr.io", "token": "x" }""");

        (await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "a", "image": "nginx", "registry": "ghcr" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors["registry"].ShouldContain("is at docker.io");
        (await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "a", "image": "nginx", "registry": "nowhere" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors["registry"].ShouldBe("There is no registry 'nowhere'.");
        (await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "a", "image": "ghcr.io/acme/a", "registry": "ghcr" }"""))
            .ShouldBe(HttpStatusCode.Created, 0).Data["registryId"].ShouldNotBeNull();
        (await host.Operator.SendAsync("PUT", "/api/projects/a", """{ "image": "nginx" }""")).ShouldBe(HttpStatusCode.BadRequest, 40000);
        (await host.Operator.SendAsync("PUT", "/api/projects/a", """{ "image": "nginx", "registry": "" }""")).ShouldBeOk().Data["registryId"].ShouldBeNull();
    }

    [Fact]
    public async Task The_gate_of_a_project_is_kept_until_another_one_takes_its_place_whole()
    {
        await using var host = await AppsHost.StartAsync();
        var made = (await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "web", "image": "nginx" }""")).ShouldBe(HttpStatusCode.Created, 0).Data;
        made["health"]!.ToJsonString().ShouldBe("""{"startSeconds":null,"intervalSeconds":null,"timeoutSeconds":5,"successes":1,"status":"200-299","deadlineSeconds":null}""");

        await host.Operator.SendAsync("PUT", "/api/projects/web", """{ "health": { "startSeconds": 20, "successes": 3, "status": "200-399" } }""");
        var changed = (await host.Operator.SendAsync("PUT", "/api/projects/web", """{ "port": 81 }""")).ShouldBeOk().Data;
        changed["health"]!.ToJsonString().ShouldBe("""{"startSeconds":20,"intervalSeconds":null,"timeoutSeconds":5,"successes":3,"status":"200-399","deadlineSeconds":null}""");
        (await host.Operator.SendAsync("GET", "/api/projects/web/config")).Data.ToJsonString().ShouldBe(changed.ToJsonString());

        ((int)(await host.Operator.SendAsync("PUT", "/api/projects/web", """{ "health": {} }""")).ShouldBeOk().Data["health"]!["successes"]!).ShouldBe(1);
        (await host.Operator.SendAsync("PUT", "/api/projects/web", """{ "health": { "successes": 0, "status": "good" } }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["health.successes", "health.status"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_stage_has_limits_and_a_grace_time_which_zero_takes_away()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/dev", """{ "memoryLimit": 256, "cpuLimit": 0.5, "stopSeconds": 60 }""");

        var kept = (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/dev", """{ "autoDeploy": false }""")).ShouldBeOk().Data;
        ((int)kept["memoryLimit"]!, (decimal)kept["cpuLimit"]!, (int)kept["stopSeconds"]!).ShouldBe((256, 0.5m, 60));
        var stored = (await host.Operator.SendAsync("GET", "/api/projects/shop/config")).Data["stages"]![0]!;
        ((int)stored["memoryLimit"]!, (decimal)stored["cpuLimit"]!, (int)stored["stopSeconds"]!).ShouldBe((256, 0.5m, 60));

        var cleared = (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/dev", """{ "memoryLimit": 0, "cpuLimit": 0, "stopSeconds": 0 }""")).ShouldBeOk().Data;
        ((int)cleared["memoryLimit"]!, (decimal)cleared["cpuLimit"]!, (int)cleared["stopSeconds"]!).ShouldBe((0, 0m, 0));
        (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/dev", """{ "memoryLimit": 1, "cpuLimit": -1, "stopSeconds": 601 }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["memoryLimit", "cpuLimit", "stopSeconds"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_stage_is_added_and_changed_by_name()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);

        var added = (await host.Operator.SendAsync("POST", "/api/projects/shop/stages", """{ "name": "rel", "tagPattern": "v*", "subdomain": "next" }"""))
            .ShouldBe(HttpStatusCode.Created, 0).Data;
        ((string?)added["host"]).ShouldBe("next.localhost");
        ((int)added["maxInstances"]!).ShouldBe(1);

        var changed = (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/rel", """{ "autoDeploy": true, "subdomain": "" }""")).ShouldBeOk().Data;
        ((bool)changed["autoDeploy"]!).ShouldBeTrue();
        ((string?)changed["tagPattern"]).ShouldBe("v*");
        ((string?)changed["host"]).ShouldBe("stage-rel-shop.localhost");
        (await host.Operator.SendAsync("POST", "/api/projects/shop/stages", """{ "name": "rel", "tagPattern": "v*" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.ShouldContainKey("name");
    }

    [Fact]
    public async Task A_stage_that_gets_another_name_stays_the_one_that_others_are_promoted_from()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/dev", """{ "name": "test" }""")).ShouldBeOk();
        var stages = (await host.Operator.SendAsync("GET", "/api/projects/shop/config")).Data["stages"]!.AsArray();
        stages.Select(stage => ((string?)stage!["name"], (string?)stage["promoteFrom"])).ShouldBe([("test", null), ("prod", "test")]);
        (await host.Operator.SendAsync("PUT", "/api/projects/shop/stages/test", """{ "promoteFrom": "prod" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors["promoteFrom"].ShouldContain("circle");
    }

    [Theory]
    [InlineData("GET", "/api/projects/nowhere/config", "There is no project 'nowhere'.")]
    [InlineData("PUT", "/api/projects/7", "There is no project '7'.")]
    [InlineData("POST", "/api/projects/nowhere/stages", "There is no project 'nowhere'.")]
    [InlineData("PUT", "/api/projects/nowhere/stages/dev", "There is no project 'nowhere'.")]
    [InlineData("PUT", "/api/projects/shop/stages/nowhere", "The project has no stage 'nowhere'.")]
    public async Task What_is_not_there_is_said_to_be_not_there(string method, string path, string sentence)
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        (await host.Operator.SendAsync(method, path, method == "GET" ? null : "{}")).ShouldBe(HttpStatusCode.NotFound, 40400).Message.ShouldBe(sentence);
    }

    [Fact]
    public async Task Two_who_change_different_fields_at_once_both_keep_theirs()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", Shop);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            host.Operator.SendAsync("PUT", "/api/projects/shop", number % 2 == 0 ? """{ "port": 81 }""" : """{ "healthcheck": "/new" }""")));
        var project = host.Get<ProjectStore>().Find("shop")!;
        project.Port.ShouldBe(81);
        project.HealthPath.ShouldBe("/new");
    }
}
