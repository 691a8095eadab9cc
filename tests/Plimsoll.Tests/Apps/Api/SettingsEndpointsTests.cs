using System.Net;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Apps.Api;

public sealed class SettingsEndpointsTests
{
    [Fact]
    public async Task Settings_are_read_by_all_and_changed_by_admins_field_by_field()
    {
        await using var host = await AppsHost.StartAsync();
        ((string?)(await host.Viewer.SendAsync("GET", "/api/settings")).ShouldBeOk().Data["domain"]).ShouldBe("localhost");
        (await host.Operator.SendAsync("PUT", "/api/settings", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);

        await host.Admin.SendAsync("PUT", "/api/settings", """{ "domain": "Example.org.", "serverIp": "10.0.0.1", "pollingSeconds": 0 }""");
        var changed = (await host.Admin.SendAsync("PUT", "/api/settings", """{ "serverIp": "", "drainSeconds": 5 }""")).ShouldBeOk().Data;

        ((string?)changed["domain"]).ShouldBe("example.org");
        ((string?)changed["serverIp"]).ShouldBeNull();
        ((int)changed["pollingSeconds"]!).ShouldBe(0);
        ((int)changed["drainSeconds"]!).ShouldBe(5);
        (await host.Viewer.SendAsync("GET", "/api/settings")).Data.ToJsonString().ShouldBe(changed.ToJsonString());
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_and_none_is_changed()
    {
        await using var host = await AppsHost.StartAsync();
        (await host.Admin.SendAsync("PUT", "/api/settings", """{ "domain": "a b", "network": "host", "healthSeconds": 5, "pullSeconds": 1 }"""))
            .ShouldBe(HttpStatusCode.BadRequest, 40000).Errors.Keys.ShouldBe(["domain", "network", "pullSeconds"], ignoreOrder: true);
        ((int)(await host.Viewer.SendAsync("GET", "/api/settings")).Data["healthSeconds"]!).ShouldBe(60);
    }
}
