using System.Net;
using System.Text;
using Plimsoll.Apps.Api;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Candidates.Api;

public sealed class WebhookEndpointsTests
{
    [Fact]
    public async Task The_address_of_the_settings_became_the_first_webhooks_and_still_works()
    {
        await using var host = await WebhookHost.StartAsync();
        var token = TestContext.Current.CancellationToken;
        const string old = "0b6a2f0e-7d55-4d0f-9d54-0b1c4f5b8a11";
        var store = host.Apps.Get<Store>();
        await store.WriteAsync(scope => scope.Execute("DELETE FROM webhooks; INSERT INTO settings (key, value) VALUES ('webhook_secret', @old)", new { old }), token);

        await host.Apps.Get<WebhookStore>().PrepareAsync(token);
        await host.Apps.Get<WebhookStore>().PrepareAsync(token);

        (await host.PathAsync()).ShouldBe($"/api/webhook/{old}");
        (await host.SendAsync($"/api/webhook/{old}", "{}")).ShouldBe(HttpStatusCode.BadRequest, 40001);
        store.Read(connection => Dapper.SqlMapper.QuerySingle<int>(connection, "SELECT count(*) FROM settings WHERE key = 'webhook_secret'")).ShouldBe(0, "a secret is kept only sealed");
        (await host.Admin.SendAsync("GET", "/api/webhooks")).Data.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_settings_address_is_that_of_the_first_webhook_and_the_same_until_it_is_made_anew()
    {
        await using var host = await WebhookHost.StartAsync();
        (await host.Apps.Operator.SendAsync("GET", "/api/settings/webhook-url")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var first = (await host.Admin.SendAsync("GET", "/api/settings/webhook-url")).ShouldBeOk().Data;
        var path = (string)first["path"]!;
        path.ShouldMatch("^/api/webhook/[0-9a-f-]{36}$");
        path.ShouldBe(await host.PathAsync());
        ((string?)first["url"]).ShouldBe(host.Admin.BaseAddress!.GetLeftPart(UriPartial.Authority) + path);
        (await host.Admin.SendAsync("GET", "/api/settings/webhook-url")).Data.ToJsonString().ShouldBe(first.ToJsonString());

        var second = (await host.Admin.SendAsync("POST", "/api/settings/webhook-url/regenerate")).ShouldBeOk().Data;
        ((string?)second["path"]).ShouldNotBe(path);
        (await host.SendAsync(path, "{}")).ShouldBe(HttpStatusCode.NotFound, 40400);
        (await host.SendAsync((string)second["path"]!, "{}")).ShouldBe(HttpStatusCode.BadRequest, 40001);
        host.Apps.Get<EventLog>().After(0).ShouldContain(one => one.Kind == "webhook-url-changed" && !one.Text.Contains("/api/webhook"));
    }

    [Fact]
    public async Task Webhooks_are_added_changed_made_anew_and_removed()
    {
        await using var host = await WebhookHost.StartAsync();
        var made = await host.AddAsync("""{ "name": "lan", "signingSecret": "load-line-1876", "registry": "https://Git.Example.org:3000/", "projects": ["shop"] }""");
        ((string?)made["registry"], (string?)made["signingSecret"], (bool)made["enabled"]!, (bool)made["isDefault"]!).ShouldBe(("git.example.org:3000", ProjectResponse.Hidden, true, false));
        made["projects"]!.AsArray().Select(name => (string?)name).ShouldBe(["shop"]);

        var changed = (await host.Admin.SendAsync("PUT", "/api/webhooks/lan", """{ "name": "wan", "registry": "", "allProjects": true, "enabled": false }""")).ShouldBeOk().Data;
        ((string?)changed["name"], (string?)changed["registry"], changed["projects"], (bool)changed["enabled"]!).ShouldBe(("wan", null, null, false));
        ((string?)changed["path"]).ShouldBe((string?)made["path"]);
        host.Apps.Get<WebhookStore>().Find("wan")!.SigningSecret.ShouldBe("load-line-1876");
        (await host.Admin.SendAsync("PUT", "/api/webhooks/wan", """{ "signingSecret": "" }""")).ShouldBeOk().Data["signingSecret"].ShouldBeNull();

        ((string?)(await host.Admin.SendAsync("POST", "/api/webhooks/wan/regenerate")).ShouldBeOk().Data["path"]).ShouldNotBe((string?)made["path"]);
        (await host.Admin.SendAsync("DELETE", "/api/webhooks/wan")).ShouldBeOk();
        (await host.Admin.SendAsync("GET", "/api/webhooks/wan")).ShouldBe(HttpStatusCode.NotFound, 40400);
        var audit = (await host.Admin.SendAsync("GET", "/api/audit")).Data.ToJsonString();
        foreach (var action in new[] { "webhook-added", "webhook-changed", "webhook-url-changed", "webhook-removed" })
        {
            audit.ShouldContain(action);
        }

        audit.ShouldNotContain("load-line-1876");
    }

    [Fact]
    public async Task The_first_webhook_keeps_its_name_and_stays()
    {
        await using var host = await WebhookHost.StartAsync();
        (await host.Admin.SendAsync("DELETE", "/api/webhooks/default")).ShouldBe(HttpStatusCode.Conflict, 40900);
        (await host.Admin.SendAsync("PUT", "/api/webhooks/default", """{ "name": "x" }""")).ShouldBe(HttpStatusCode.BadRequest, 40000);
        (await host.Admin.SendAsync("PUT", "/api/webhooks/default", """{ "enabled": false }""")).ShouldBeOk();
    }

    [Fact]
    public async Task Every_wrong_field_is_named_and_a_name_is_there_once()
    {
        await using var host = await WebhookHost.StartAsync();
        (await host.Admin.SendAsync("POST", "/api/webhooks", """{ "name": "A b", "signingSecret": "short", "registry": "a/b/c" }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["name", "signingSecret", "registry"], ignoreOrder: true);
        (await host.Admin.SendAsync("POST", "/api/webhooks", """{ "name": "x", "projects": ["nothing"] }""")).ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.ShouldContainKey("projects");
        (await host.Admin.SendAsync("POST", "/api/webhooks", """{ "name": "x", "projects": ["shop"], "allProjects": true }""")).ShouldBe(HttpStatusCode.BadRequest, 40000);
        (await host.Admin.SendAsync("POST", "/api/webhooks", """{ "name": "default" }""")).ShouldBe(HttpStatusCode.Conflict, 40900);
    }

    [Fact]
    public async Task Two_people_who_change_the_same_webhook_find_out()
    {
        await using var host = await WebhookHost.StartAsync();
        using var read = await host.Admin.GetAsync("/api/webhooks/default", TestContext.Current.CancellationToken);
        var seen = read.Headers.ETag!.ToString();
        (await ChangeAsync(host, seen, """{ "registry": "a.example" }""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = await ChangeAsync(host, seen, """{ "registry": "b.example" }""");
        late.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await ChangeAsync(host, late.Headers.ETag!.ToString(), """{ "registry": "b.example" }""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_viewer_sees_no_address_and_nobody_the_signing_secret()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddAsync("""{ "name": "lan", "signingSecret": "load-line-1876" }""");
        foreach (var path in new[] { "/api/webhooks", "/api/webhooks/lan" })
        {
            (await host.Apps.Viewer.SendAsync("GET", path)).ShouldBeOk().Body!.ToJsonString().ShouldNotContain("/api/webhook/");
            (await host.Admin.SendAsync("GET", path)).ShouldBeOk().Body!.ToJsonString().ShouldNotContain("load-line");
        }

        var secret = (await host.PathAsync("lan")).Split('/')[^1];
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(host.Apps.Get<Store>().Path)!))
        {
            var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            (bytes.Contains(secret, StringComparison.Ordinal) || bytes.Contains("load-line-1876", StringComparison.Ordinal)).ShouldBeFalse(file);
        }
    }

    [Fact]
    public async Task A_webhook_for_a_project_that_is_gone_is_for_none_and_not_for_all()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddAsync("""{ "name": "lan", "projects": ["shop"] }""");
        await host.Apps.Get<Store>().WriteAsync(scope => scope.Execute("DELETE FROM projects"), TestContext.Current.CancellationToken);
        (await host.Admin.SendAsync("GET", "/api/webhooks/lan")).Data["projects"]!.AsArray().ShouldBeEmpty();
        ((string?)(await host.SendAsync(await host.PathAsync("lan"), """{"image":"registry.example/a:v1"}""")).Data["reasonCode"]).ShouldBe("out-of-scope");
    }

    private static async Task<HttpResponseMessage> ChangeAsync(WebhookHost host, string seen, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/webhooks/default") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", seen);
        return await host.Admin.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
