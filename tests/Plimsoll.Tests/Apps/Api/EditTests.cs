using System.Net;
using System.Text;
using Plimsoll.Access;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Apps.Api;

/// <summary>Two people who edit the same thing: whoever says what they have seen changes only that.</summary>
public sealed class EditTests
{
    private const string Shop = """{ "name": "shop", "image": "ghcr.io/acme/shop", "stages": [ { "name": "rel", "tagPattern": "v*" } ] }""";
    private const string Hub = """{ "name": "hub", "url": "https://hub.example", "type": "generic" }""";

    [Theory]
    [InlineData("/api/projects", Shop, "/api/projects/shop/config", "/api/projects/shop", """{ "port": 81 }""", """{ "port": 82 }""")]
    [InlineData("/api/projects", Shop, "/api/projects/shop/config", "/api/projects/shop/stages/rel", """{ "maxInstances": 2 }""", """{ "maxInstances": 3 }""")]
    [InlineData("/api/registries", Hub, "/api/registries/hub", "/api/registries/hub", """{ "username": "one" }""", """{ "username": "two" }""")]
    [InlineData(null, "", "/api/settings", "/api/settings", """{ "drainSeconds": 7 }""", """{ "drainSeconds": 8 }""")]
    [InlineData("/api/users", """{ "name": "anna", "role": "viewer" }""", "/api/users/1", "/api/users/1", """{ "role": "operator" }""", """{ "disabled": true }""")]
    public async Task Who_saves_second_is_told_and_changes_nothing(string? make, string made, string read, string write, string first, string second)
    {
        await using var host = await AppsHost.StartAsync(map: routes => routes.MapAccess());
        if (make is not null)
        {
            (await host.Admin.SendAsync("POST", make, made)).Status.ShouldBe(HttpStatusCode.Created);
        }

        var seen = await TagAsync(host.Admin, read);
        (await TagAsync(host.Admin, read)).ShouldBe(seen, "reading changes nothing");

        using var saved = await SendAsync(host.Admin, HttpMethod.Put, write, first, seen);
        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        var present = saved.Headers.ETag!.Tag;
        present.ShouldNotBe(seen);
        var after = (await host.Admin.SendAsync("GET", read)).Data.ToJsonString();

        using var refused = await SendAsync(host.Admin, HttpMethod.Put, write, second, seen);
        refused.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        refused.Headers.ETag!.Tag.ShouldBe(present);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("41200");
        (await host.Admin.SendAsync("GET", read)).Data.ToJsonString().ShouldBe(after);

        using var again = await SendAsync(host.Admin, HttpMethod.Put, write, second, present);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Admin.SendAsync("PUT", write, first)).ShouldBeOk();
    }

    [Theory]
    [InlineData("/api/registries", Hub, "/api/registries/hub", """{ "username": "one" }""")]
    [InlineData("/api/users", """{ "name": "anna", "role": "viewer" }""", "/api/users/1", """{ "role": "operator" }""")]
    public async Task What_somebody_has_changed_meanwhile_is_not_removed(string make, string made, string path, string change)
    {
        await using var host = await AppsHost.StartAsync(map: routes => routes.MapAccess());
        (await host.Admin.SendAsync("POST", make, made)).Status.ShouldBe(HttpStatusCode.Created);
        var seen = await TagAsync(host.Admin, path);
        (await host.Admin.SendAsync("PUT", path, change)).ShouldBeOk();

        using var refused = await SendAsync(host.Admin, HttpMethod.Delete, path, null, seen);
        refused.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var removed = await SendAsync(host.Admin, HttpMethod.Delete, path, null, refused.Headers.ETag!.Tag);
        removed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("\"of-somebody-else\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("not a tag at all", HttpStatusCode.PreconditionFailed)]
    public async Task A_star_fits_everything_and_nonsense_fits_nothing(string sent, HttpStatusCode expected)
    {
        await using var host = await AppsHost.StartAsync(map: routes => routes.MapAccess());
        using var answer = await SendAsync(host.Admin, HttpMethod.Put, "/api/settings", """{ "drainSeconds": 7 }""", sent);
        answer.StatusCode.ShouldBe(expected);
    }

    private static async Task<string> TagAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.EnsureSuccessStatusCode().Headers.ETag!.Tag;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string? body, string seen)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", seen);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
