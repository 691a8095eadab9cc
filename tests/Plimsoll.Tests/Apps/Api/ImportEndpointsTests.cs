using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Apps;
using Plimsoll.Tests.Apps.Seed;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Apps.Api;

public sealed class ImportEndpointsTests
{
    private const string Path = "/api/config/import";

    [Theory]
    [InlineData("text/yaml")]
    [InlineData("application/yaml")]
    [InlineData("text/plain")]
    public async Task A_configuration_is_imported_and_counted(string type)
    {
        await using var host = await AppsHost.StartAsync();
        var reply = await host.Admin.SendAsync("POST", Path, SeedSamples.Full, type);
        reply.ShouldBeOk().Data.ToJsonString().ShouldBe("""{"registries":1,"projects":1,"stages":3}""");
        (await host.Viewer.SendAsync("GET", "/api/projects/web-app-launcher/config")).ShouldBeOk();
    }

    [Fact]
    public async Task Every_mistake_is_told_under_its_line_column_and_key()
    {
        await using var host = await AppsHost.StartAsync();
        var reply = await host.Admin.SendAsync("POST", Path, "global:\n  domian: x\nprojects:\n  a: { image: 'nginx:1' }", "text/yaml");
        reply.ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.ShouldBe(
            new Dictionary<string, string>
            {
                ["2:3 global.domian"] = "There is no such key; did you mean 'domain'?",
                ["4:8 projects.a.image"] = "Write the image without the tag ':1'; the tag patterns of the stages choose it.",
            },
            ignoreOrder: true);
        reply.Message.ShouldBe("Nothing was imported. 2 places of the file need another value.");
        host.Get<ProjectStore>().List().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_conflict_refuses_the_whole_file()
    {
        await using var host = await AppsHost.StartAsync();
        await host.Operator.SendAsync("POST", "/api/projects", """{ "name": "web-app-launcher", "image": "nginx" }""");
        var reply = await host.Admin.SendAsync("POST", Path, SeedSamples.Full, "text/yaml");
        reply.ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.ShouldHaveSingleItem().Key.ShouldBe("20:3 projects.web-app-launcher");
        host.Get<RegistryStore>().List().ShouldBeEmpty();
        host.Get<SettingsStore>().Read().ShouldBe(new Settings());
    }

    [Fact]
    public async Task Only_an_admin_imports()
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Operator.SendAsync("POST", Path, SeedSamples.Full, "text/yaml")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Nobody.SendAsync("POST", Path, SeedSamples.Full, "text/yaml")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_kind_of_body_is_refused_with_a_sentence()
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Admin.SendAsync("POST", Path, "{}", "application/json")).ShouldBe(HttpStatusCode.UnsupportedMediaType, 41500);
        (await host.Admin.SendAsync("POST", Path)).ShouldBe(HttpStatusCode.UnsupportedMediaType, 41500);
        (await host.Admin.SendAsync("POST", Path, "", "text/yaml")).ShouldBe(HttpStatusCode.BadRequest, 40000);
        (await host.Admin.SendAsync("POST", Path, new string('#', 1024 * 1024 + 1), "text/yaml")).ShouldBe(HttpStatusCode.RequestEntityTooLarge, 41300);
        (await host.Admin.SendAsync("POST", Path, new string('#', 3 * 1024 * 1024), "text/yaml")).ShouldBe(HttpStatusCode.RequestEntityTooLarge, 41300);

        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent([0xff, 0xfe]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/yaml");
        using var response = await host.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
