using System.Net;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Tests.Docs;

namespace Plimsoll.Tests.Access;

public sealed class RestrictionTests
{
    [Fact]
    public async Task A_restricted_token_sees_its_projects_and_no_others()
    {
        await using var app = await AccessApp.StartAsync();
        await app.AddProjectAsync("shop");
        await app.AddProjectAsync("blog");
        var token = await app.PostAsync("/api/auth/tokens", new { name = "ci", role = "viewer", projects = new[] { "shop" } }, AccessApp.Bearer(app.CommandLineSecret));
        var bearer = AccessApp.Bearer(token.Data["token"]!.GetValue<string>());
        (await app.GetAsync("/api/probe/project/shop", bearer)).Body.ShouldBe("shop");
        var hidden = await app.GetAsync("/api/probe/project/blog", bearer);
        hidden.Code.ShouldBe(40400);
        hidden.Message.ShouldBe("There is no project 'blog'.");
        (await app.GetAsync("/api/probe/project/nothing", bearer)).Message.ShouldBe("There is no project 'nothing'.");
        (await app.GetAsync("/api/auth/me", bearer)).Data["projects"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(["shop"]);
    }

    [Fact]
    public async Task What_says_nothing_about_itself_is_closed_to_those_who_are_restricted()
    {
        await using var app = await AccessApp.StartAsync();
        await app.AddProjectAsync("shop");
        await app.AddUserAsync("anna", "operator", "shop");
        var refused = await app.GetAsync("/api/probe/viewer", AccessApp.Basic("anna", AccessApp.Password));
        refused.Code.ShouldBe(40300);
        refused.Message.ShouldBe("This concerns all projects; anna may see only some.");
    }

    [Fact]
    public async Task A_restriction_holds_when_its_projects_are_gone_and_until_it_is_lifted()
    {
        await using var app = await AccessApp.StartAsync();
        await app.AddProjectAsync("shop");
        var id = await app.AddUserAsync("anna", "viewer", "shop");
        var admin = AccessApp.Bearer(app.CommandLineSecret);
        (await app.SendAsync("PUT", $"/api/users/{id}", new { projects = Array.Empty<string>() }, admin)).Data["allProjects"]!.GetValue<bool>().ShouldBeFalse();
        (await app.GetAsync("/api/probe/project/shop", AccessApp.Basic("anna", AccessApp.Password))).Code.ShouldBe(40400);
        (await app.SendAsync("PUT", $"/api/users/{id}", new { allProjects = true }, admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("/api/probe/project/shop", AccessApp.Basic("anna", AccessApp.Password))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_admin_cannot_be_restricted()
    {
        await using var app = await AccessApp.StartAsync();
        await app.AddProjectAsync("shop");
        var admin = AccessApp.Bearer(app.CommandLineSecret);
        (await app.PostAsync("/api/users", new { name = "anna", role = "admin", projects = new[] { "shop" } }, admin)).Data["errors"]!["projects"].ShouldNotBeNull();
        (await app.PostAsync("/api/auth/tokens", new { name = "ci", role = "admin", projects = new[] { "shop" } }, admin)).Data["errors"]!["projects"].ShouldNotBeNull();
    }

    /// <summary>Without this a new endpoint would be closed to those who are restricted, and nobody would have decided so.</summary>
    [Fact]
    public async Task Every_endpoint_below_admin_says_what_it_is_to_those_who_are_restricted()
    {
        string[] closed = ["POST /api/projects", "POST /api/deploy/inspect", "POST /api/deploy/quick", "POST /api/jobs/{id}/run"];
        await using var app = ProgramEndpoints.Map();
        var places = (IEnumerable<IProjectPlace>)app.Services.GetService(typeof(IEnumerable<IProjectPlace>))!;
        var silent = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetOrderedMetadata<RequiredRole>() is { Count: > 0 } needed && needed.Max(role => role.Role) < Role.Admin)
            .Where(endpoint => ProjectGuard.PlaceOf(endpoint, places) is null && endpoint.Metadata.GetMetadata<OpenToRestricted>() is null)
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]} /{endpoint.RoutePattern.RawText!.Trim('/')}");
        silent.ShouldBe(closed, ignoreOrder: true);
    }
}
