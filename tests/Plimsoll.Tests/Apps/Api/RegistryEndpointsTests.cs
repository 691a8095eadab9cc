using System.Net;
using Microsoft.AspNetCore.Http;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Registry;

namespace Plimsoll.Tests.Apps.Api;

public sealed class RegistryEndpointsTests
{
    private const string Ghcr = """{ "name": "ghcr", "url": "https://ghcr.io/", "type": "ghcr", "username": "me", "token": "hunter2" }""";

    [Fact]
    public async Task A_registry_never_shows_its_token()
    {
        await using var host = await AppsHost.StartAsync();
        var made = (await host.Admin.SendAsync("POST", "/api/registries", Ghcr)).ShouldBe(HttpStatusCode.Created, 0);
        ((string?)made.Data["url"]).ShouldBe("ghcr.io");
        ((string?)made.Data["token"]).ShouldBe(ProjectResponse.Hidden);
        var list = (await host.Viewer.SendAsync("GET", "/api/registries")).ShouldBeOk();
        list.Data.AsArray().ShouldHaveSingleItem();
        list.Body!.ToJsonString().ShouldNotContain("hunter2");
        host.Get<RegistryStore>().Find("ghcr")!.Token.ShouldBe("hunter2");
    }

    [Theory]
    [InlineData("POST", "/api/registries")]
    [InlineData("PUT", "/api/registries/ghcr")]
    [InlineData("DELETE", "/api/registries/ghcr")]
    [InlineData("POST", "/api/registries/ghcr/test")]
    public async Task Only_admins_change_registries(string method, string path)
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Operator.SendAsync(method, path, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{ "username": "you" }""", "hunter2")]
    [InlineData("""{ "token": "••••••••" }""", "hunter2")]
    [InlineData("""{ "token": "new" }""", "new")]
    [InlineData("""{ "token": "" }""", null)]
    [InlineData("""{ "url": "ghcr.io" }""", "hunter2")]
    [InlineData("""{ "url": "quay.io", "token": "new" }""", "new")]
    public async Task A_token_is_kept_until_another_is_sent_or_it_is_cleared(string body, string? token)
    {
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", Ghcr);
        (await host.Admin.SendAsync("PUT", "/api/registries/ghcr", body)).ShouldBeOk();
        host.Get<RegistryStore>().Find("ghcr")!.Token.ShouldBe(token);
    }

    [Fact]
    public async Task A_stored_token_is_never_sent_to_another_host()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", Ghcr);
        (await host.Admin.SendAsync("PUT", "/api/registries/ghcr", """{ "url": "evil.example" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors["token"].ShouldContain("given for ghcr.io");
        host.Get<RegistryStore>().Find("ghcr")!.Host.ShouldBe("ghcr.io");
    }

    [Fact]
    public async Task A_registry_with_projects_keeps_its_host_and_stays()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", Ghcr);
        await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "shop", "image": "ghcr.io/acme/shop", "registry": "ghcr" }""");
        (await host.Admin.SendAsync("DELETE", "/api/registries/ghcr")).ShouldBe(HttpStatusCode.Conflict, 40900).Message.ShouldContain("shop");
        (await host.Admin.SendAsync("PUT", "/api/registries/ghcr", """{ "url": "quay.io", "token": "x" }""")).ShouldBe(HttpStatusCode.Conflict, 40900);
        await host.Operator.SendAsync("PUT", "/api/projects/shop", """{ "registry": "" }""");
        (await host.Admin.SendAsync("DELETE", "/api/registries/ghcr")).ShouldBeOk();
        (await host.Admin.SendAsync("DELETE", "/api/registries/ghcr")).ShouldBe(HttpStatusCode.NotFound, 40400);
    }

    [Theory]
    [InlineData("""{ "url": "http://registry.lan:5000" }""", true)]
    [InlineData("""{ "url": "https://registry.lan:5000" }""", false)]
    [InlineData("""{ "url": "registry.lan:5000", "insecure": true }""", true)]
    public async Task An_address_that_begins_with_http_allows_it(string body, bool insecure)
    {
        await using var host = await AppsHost.StartAsync();
        var made = await host.Admin.SendAsync("POST", "/api/registries", body.Replace("{", """{ "name": "r", """));
        ((bool)made.ShouldBe(HttpStatusCode.Created, 0).Data["insecure"]!).ShouldBe(insecure);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_and_a_name_is_there_once()
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Admin.SendAsync("POST", "/api/registries", """{ "url": "gitea", "type": "svn" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["name", "url", "type"], ignoreOrder: true);
        (await host.Admin.SendAsync("POST", "/api/registries", """{ "name": "r", "url": "http://a.lan", "insecure": false }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.ShouldContainKey("insecure");
        await host.Admin.SendAsync("POST", "/api/registries", Ghcr);
        (await host.Admin.SendAsync("POST", "/api/registries", Ghcr)).ShouldBe(HttpStatusCode.Conflict, 40900);
    }

    [Theory]
    [InlineData("acme/shop")]
    [InlineData("acme%2Fshop")]
    public async Task Tags_are_listed_with_the_stored_credentials(string image)
    {
        await using var registry = await RegistryDouble.StartAsync(context => Tags(context, "a", "b"));
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "local", "url": "{{registry.Host}}", "username": "me", "token": "x" }""");

        var tags = (await host.Viewer.SendAsync("GET", $"/api/registries/local/tags/{image}")).ShouldBeOk().Data;

        ((string?)tags["image"]).ShouldBe($"{registry.Host}/acme/shop");
        tags["tags"]!.AsArray().Select(tag => (string?)tag).ShouldBe(["a", "b"]);
        ((bool)tags["complete"]!).ShouldBeTrue();
        (await host.Viewer.SendAsync("GET", $"/api/registries/local/tags/{registry.Host}/acme/shop")).ShouldBeOk();
    }

    [Theory]
    [InlineData(1_000, 1_000, true)]
    [InlineData(1_001, 1_000, false)]
    public async Task Tags_are_bounded_and_it_is_said_whether_they_are_all(int there, int told, bool complete)
    {
        await using var registry = await RegistryDouble.StartAsync(context => Tags(context, [.. Enumerable.Range(0, there).Select(number => $"t{number}")]));
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "local", "url": "{{registry.Host}}" }""");
        var tags = (await host.Viewer.SendAsync("GET", "/api/registries/local/tags/shop")).ShouldBeOk().Data;
        tags["tags"]!.AsArray().Count.ShouldBe(told);
        ((bool)tags["complete"]!).ShouldBe(complete);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_and_a_name_that_is_none_are_told_apart()
    {
        await using var registry = await RegistryDouble.StartAsync();
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "local", "url": "{{registry.Host}}" }""");
        (await host.Viewer.SendAsync("GET", "/api/registries/local/tags/acme/shop")).ShouldBe(HttpStatusCode.NotFound, 40400);
        (await host.Viewer.SendAsync("GET", "/api/registries/local/tags/Acme")).ShouldBe(HttpStatusCode.BadRequest, 40000);
        (await host.Viewer.SendAsync("GET", "/api/registries/local/tags/acme:v1")).ShouldBe(HttpStatusCode.BadRequest, 40000);
        (await host.Viewer.SendAsync("GET", "/api/registries/nowhere/tags/acme")).ShouldBe(HttpStatusCode.NotFound, 40400);
        registry.Answer = context => context.Status(500);
        (await host.Viewer.SendAsync("GET", "/api/registries/local/tags/acme")).ShouldBe(HttpStatusCode.InternalServerError, 50004);
    }

    [Fact]
    public async Task A_connection_test_names_the_step_that_failed()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Json("{}"));
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "good", "url": "{{registry.Host}}" }""");
        await host.Admin.SendAsync("POST", "/api/registries", """{ "name": "bad", "url": "127.0.0.1:1" }""");

        var good = (await host.Admin.SendAsync("POST", "/api/registries/good/test")).ShouldBeOk().Data;
        ((bool)good["ok"]!).ShouldBeTrue(good.ToJsonString());
        good["failedStep"].ShouldBeNull();

        var bad = (await host.Admin.SendAsync("POST", "/api/registries/bad/test")).ShouldBeOk().Data;
        ((bool)bad["ok"]!).ShouldBeFalse();
        ((string?)bad["failedStep"]).ShouldBe("connect");
        ((string?)bad["text"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_type_brings_its_host_and_the_rest_can_be_said_and_taken_back()
    {
        using var authority = new OwnAuthority();
        await using var host = await AppsHost.StartAsync();
        var made = (await host.Admin.SendAsync("POST", "/api/registries", """{ "name": "hub", "type": "docker-hub" }""")).ShouldBe(HttpStatusCode.Created, 0).Data;
        ((string?)made["url"]).ShouldBe("docker.io");
        made["traffic"]!.AsObject().Select(field => field.Key).ShouldBe(
            ["coolDownUntil", "reason", "backOffUntil", "remaining", "limit", "window", "lastSuccessAt", "lastProblem", "lastProblemAt"]);
        (await host.Admin.SendAsync("POST", "/api/registries", """{ "name": "g", "type": "gitea" }""")).ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.ShouldContainKey("url");

        var pem = System.Text.Json.JsonSerializer.Serialize("a comment\n" + authority.Pem + "\n" + authority.PrivateKeyPem);
        var body = $$"""{ "ca": {{pem}}, "realmHost": "auth.example.org", "requestsPerSecond": 2.5, "concurrency": 3, "awsRegion": "eu-central-1" }""";
        var changed = (await host.Admin.SendAsync("PUT", "/api/registries/hub", body)).ShouldBeOk().Data;
        ((string?)changed["ca"]).ShouldBe(authority.Pem + "\n");
        ((string?)changed["realmHost"], (double?)changed["requestsPerSecond"], (int?)changed["concurrency"], (string?)changed["awsRegion"])
            .ShouldBe(("auth.example.org", 2.5, 3, "eu-central-1"));
        var kept = (await host.Admin.SendAsync("PUT", "/api/registries/hub", """{ "name": "hub" }""")).ShouldBeOk().Data;
        ((int?)kept["concurrency"]).ShouldBe(3);
        var cleared = (await host.Admin.SendAsync("PUT", "/api/registries/hub", """{ "ca": "", "realmHost": "", "requestsPerSecond": 0, "concurrency": 0, "awsRegion": "" }""")).ShouldBeOk().Data;
        (cleared["ca"] ?? cleared["realmHost"] ?? cleared["requestsPerSecond"] ?? cleared["concurrency"] ?? cleared["awsRegion"]).ShouldBeNull();
    }

    [Fact]
    public async Task An_authority_may_be_a_file_of_which_only_the_certificates_are_taken()
    {
        using var authority = new OwnAuthority();
        await using var host = await AppsHost.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority.Pem + "\nhunter2\n" + authority.PrivateKeyPem, TestContext.Current.CancellationToken);
        var made = (await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "r", "url": "r.lan", "ca": "{{file}}" }""")).ShouldBe(HttpStatusCode.Created, 0).Data;
        ((string?)made["ca"]).ShouldBe(authority.Pem + "\n");
        await File.WriteAllTextAsync(file, "hunter2", TestContext.Current.CancellationToken);
        foreach (var bad in new[] { file, "/nowhere/ca.pem", "/", "hunter2", authority.PrivateKeyPem, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" })
        {
            var answer = (await host.Admin.SendAsync("PUT", "/api/registries/r", $$"""{ "ca": {{System.Text.Json.JsonSerializer.Serialize(bad)}} }""")).ShouldBe(HttpStatusCode.BadRequest, 40000);
            answer.Errors["ca"].ShouldNotContain("hunter2");
        }

        File.Delete(file);
    }

    [Theory]
    [InlineData("realmHost", "\"https://x/\"")]
    [InlineData("realmHost", "\"a b\"")]
    [InlineData("requestsPerSecond", "-1")]
    [InlineData("requestsPerSecond", "5000")]
    [InlineData("concurrency", "65")]
    [InlineData("concurrency", "-1")]
    [InlineData("awsRegion", "\"evil.example/\"")]
    public async Task What_does_not_fit_is_named(string field, string value)
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "r", "url": "r.lan", "{{field}}": {{value}} }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe([field]);
    }

    [Fact]
    public async Task A_stored_token_is_not_sent_to_another_token_server_either()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", Ghcr);
        (await host.Admin.SendAsync("PUT", "/api/registries/ghcr", """{ "realmHost": "evil.example" }""")).ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.ShouldContainKey("token");
        (await host.Admin.SendAsync("PUT", "/api/registries/ghcr", """{ "realmHost": "auth.example", "token": "new" }""")).ShouldBeOk();
    }

    [Fact]
    public async Task A_cool_down_and_the_pulls_left_are_shown_and_told()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers["ratelimit-limit"] = "100;w=21600";
            context.Response.Headers["ratelimit-remaining"] = "0;w=21600";
            context.Response.Headers.RetryAfter = "600";
            return context.Json("{}", 429);
        });
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "local", "url": "{{registry.Host}}" }""");
        await host.Viewer.SendAsync("GET", "/api/registries/local/tags/shop");
        await host.Viewer.SendAsync("GET", "/api/registries/local/tags/shop");
        registry.Requests.Count.ShouldBe(1);
        var traffic = (await host.Viewer.SendAsync("GET", "/api/registries/local")).ShouldBeOk().Data["traffic"]!;
        ((int?)traffic["remaining"], (int?)traffic["limit"], (long?)traffic["window"]).ShouldBe((0, 100, 21600));
        ((DateTimeOffset?)traffic["coolDownUntil"]).ShouldNotBeNull();
        ((string?)traffic["reason"])!.ShouldContain("429");
        var events = host.Get<Plimsoll.Plumbing.Events.EventLog>();
        while (!events.After(0).Any(told => told.Kind == RegistryNews.CoolDownBegan))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_types_are_told_with_what_is_taken_where_nothing_is_said()
    {
        await using var host = await AppsHost.StartAsync();
        var types = (await host.Viewer.SendAsync("GET", "/api/registry-types")).ShouldBeOk().Data.AsArray();
        types.Select(type => (string?)type!["type"]).ShouldBe(RegistryTypes.All);
        ((string?)types.Single(type => (string?)type!["type"] == "harbor")!["usernameHint"])!.ShouldContain("robot$");
    }

    [Fact]
    public async Task A_connection_test_tries_to_read_an_image_of_a_project()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path == "/v2/" ? context.Json("{}") : context.Json("{}", 403));
        await using var host = await AppsHost.StartAsync();
        await host.Admin.SendAsync("POST", "/api/registries", $$"""{ "name": "local", "url": "{{registry.Host}}" }""");
        await host.Operator.SendAsync("POST", "/api/projects", $$"""{ "name": "shop", "image": "{{registry.Host}}/acme/shop", "registry": "local" }""");
        var report = (await host.Admin.SendAsync("POST", "/api/registries/local/test")).ShouldBeOk().Data;
        ((string?)report["failedStep"]).ShouldBe("permission");
        ((string?)report["text"])!.ShouldContain("acme/shop");
    }

    private static Task Tags(HttpContext context, params string[] tags) =>
        context.Json($$"""{ "name": "x", "tags": [{{string.Join(',', tags.Select(tag => $"\"{tag}\""))}}] }""");
}
