using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.Access.Audit;

namespace Plimsoll.Tests.Access;

public sealed class AuditTests
{
    [Fact]
    public void Only_what_differs_is_kept_and_no_secret()
    {
        var (before, after) = AuditView.Of(
            JsonNode.Parse("""{"name":"shop","port":80,"token":"old-secret","environment":{"A":"one-secret","B":"same-secret"},"hasToken":true}"""),
            JsonNode.Parse("""{"name":"shop","port":81,"token":"new-secret","environment":{"A":"two-secret","B":"same-secret"},"hasToken":false}"""));
        JsonNode.DeepEquals(before, JsonNode.Parse("""{"port":80,"token":"••••••••","environment":{"A":"••••••••"},"hasToken":true}""")).ShouldBeTrue(before!.ToJsonString());
        JsonNode.DeepEquals(after, JsonNode.Parse("""{"port":81,"token":"••••••••","environment":{"A":"••••••••"},"hasToken":false}""")).ShouldBeTrue(after!.ToJsonString());
    }

    [Fact]
    public async Task A_change_is_on_the_trail_with_who_where_before_and_after()
    {
        await using var app = await AccessApp.StartAsync();
        var id = await app.AddUserAsync("anna", "viewer");
        var cookie = await app.SignInAsync();
        await app.SendAsync("PUT", $"/api/users/{id}", new { role = "operator" }, cookie: cookie, from: "127.0.0.9", headers: ("Sec-Fetch-Site", "same-origin"));
        var line = (await Trail(app, "?action=user-changed")).ShouldHaveSingleItem()!;
        line["who"]!.GetValue<string>().ShouldBe("admin");
        line["address"]!.GetValue<string>().ShouldBe("127.0.0.9");
        line["subject"]!.GetValue<string>().ShouldBe("user anna");
        line["before"]!.ToJsonString().ShouldBe("""{"role":"viewer"}""");
        line["after"]!.ToJsonString().ShouldBe("""{"role":"operator"}""");
        (await Trail(app, "?user=token%20cli")).Select(entry => entry!["action"]!.GetValue<string>()).ShouldBe(["user-added"]);
    }

    [Theory]
    [InlineData("ANNA")]
    [InlineData("user-changed")]
    [InlineData("127.0.0.9")]
    [InlineData("operator")]
    public async Task A_change_is_found_by_who_from_where_what_and_the_values(string text)
    {
        await using var app = await AccessApp.StartAsync();
        var id = await app.AddUserAsync("anna", "viewer");
        var cookie = await app.SignInAsync();
        await app.SendAsync("PUT", $"/api/users/{id}", new { role = "operator" }, cookie: cookie, from: "127.0.0.9", headers: ("Sec-Fetch-Site", "same-origin"));
        (await Trail(app, $"?text={text}")).Select(entry => entry!["action"]!.GetValue<string>()).ShouldContain("user-changed");
        (await Trail(app, "?text=nobody-wrote-this")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_that_does_not_record_itself_is_recorded_and_a_refused_one_is_not()
    {
        await using var app = await AccessApp.StartAsync();
        await app.PostAsync("/api/probe/operator", authorization: AccessApp.Bearer(app.CommandLineSecret));
        (await Trail(app, "?user=token%20cli")).ShouldHaveSingleItem()!["subject"]!.GetValue<string>().ShouldBe("POST /api/probe/operator");
        (await app.PostAsync("/api/auth/tokens", new { name = "", role = "" }, AccessApp.Bearer(app.CommandLineSecret))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Trail(app, "?user=token%20cli")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_trail_is_paged_and_for_admins_only()
    {
        await using var app = await AccessApp.StartAsync();
        await app.MakeTokenAsync("viewer", "one");
        var viewer = await app.MakeTokenAsync("viewer", "two");
        var page = await Trail(app, "?action=token-made&limit=1");
        page.ShouldHaveSingleItem()!["subject"]!.GetValue<string>().ShouldBe("token two");
        (await Trail(app, $"?action=token-made&limit=1&before={page[0]!["id"]}")).ShouldHaveSingleItem()!["subject"]!.GetValue<string>().ShouldBe("token one");
        (await app.GetAsync("/api/audit", AccessApp.Bearer(viewer))).Code.ShouldBe(40300);
    }

    private static async Task<JsonArray> Trail(AccessApp app, string query) =>
        (await app.GetAsync("/api/audit" + query, AccessApp.Bearer(app.CommandLineSecret))).Data.AsArray();
}
