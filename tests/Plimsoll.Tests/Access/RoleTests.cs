using System.Net;

namespace Plimsoll.Tests.Access;

public sealed class RoleTests
{
    [Theory]
    [InlineData("viewer", "viewer", true)]
    [InlineData("viewer", "operator", false)]
    [InlineData("viewer", "admin", false)]
    [InlineData("operator", "viewer", true)]
    [InlineData("operator", "operator", true)]
    [InlineData("operator", "admin", false)]
    [InlineData("admin", "viewer", true)]
    [InlineData("admin", "operator", true)]
    [InlineData("admin", "admin", true)]
    public async Task Each_role_opens_its_own_doors_and_those_below(string role, string door, bool opens)
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var answer = await app.PostAsync("/api/probe/" + door, authorization: AccessApp.Bearer(await app.MakeTokenAsync(role)));
        answer.Status.ShouldBe(opens ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        if (!opens)
        {
            answer.Code.ShouldBe(40300);
            answer.Message.ShouldBe($"This needs the role {door}; token probe has the role {role}.");
        }
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("operator")]
    [InlineData("admin")]
    [InlineData("group/admin")]
    public async Task Strangers_are_asked_to_sign_in(string door)
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var answer = await app.GetAsync("/api/probe/" + door);
        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Code.ShouldBe(40100);
        answer.Header("Content-Type").ShouldBe("application/json; charset=utf-8");
        answer.Header("WWW-Authenticate").ShouldBeNull();
    }

    [Fact]
    public async Task Role_of_a_group_and_of_an_endpoint_are_both_needed()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        var answer = await app.GetAsync("/api/probe/group/admin", AccessApp.Bearer(await app.MakeTokenAsync("viewer")));
        answer.Message.ShouldStartWith("This needs the role admin");
        (await app.GetAsync("/api/probe/group/admin", AccessApp.Bearer(app.CommandLineSecret))).Body.ShouldBe("inside");
    }

    [Fact]
    public async Task Open_doors_stay_open_also_for_a_caller_with_a_wrong_header()
    {
        await using var app = await AccessApp.StartAsync(adminPassword: null);
        (await app.GetAsync("/api/probe/open")).Body.ShouldBe("stranger");
        (await app.GetAsync("/api/probe/open", "Bearer plm_wrong")).Body.ShouldBe("stranger");
        (await app.GetAsync("/api/probe/open", AccessApp.Bearer(app.CommandLineSecret))).Body.ShouldBe("cli");
    }
}
