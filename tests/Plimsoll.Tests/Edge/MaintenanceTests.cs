using System.Net;
using Microsoft.AspNetCore.Http;
using Plimsoll.Apps;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>A stage in maintenance: a page that asks to come back, for every new request.</summary>
public sealed class MaintenanceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_with_markup_in_it_is_only_text_to_a_browser()
    {
        await using var instance = await BackEnd.SayingAsync("ok");
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        edge.Hold(StageTraffic.Maintenance, message: "</p><script>alert(1)</script>\n\"back\" & 'soon' ☕");
        using var request = Ask();
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml");
        using var response = await edge.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(120));
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var page = await response.Content.ReadAsStringAsync(Stop);
        page.ShouldContain($"{Host} is under maintenance.");
        page.ShouldContain("&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldNotContain("<script>");
        page.ShouldNotContain("\"back\"");
    }

    [Fact]
    public async Task Whoever_does_not_ask_for_html_gets_plain_text()
    {
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", address: null)]);
        edge.Hold(StageTraffic.Maintenance, message: "Back at <noon>.");
        using var response = await edge.SendAsync(Ask(method: HttpMethod.Post));
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await response.Content.ReadAsStringAsync(Stop)).ShouldBe($"{Host} is under maintenance.\n\nBack at <noon>.\n");

        edge.Hold(StageTraffic.Maintenance);
        (await edge.GetTextAsync()).ShouldBe($"{Host} is under maintenance.\n");
    }

    [Fact]
    public async Task Requests_that_wait_at_a_pause_are_turned_away_by_a_maintenance_and_a_request_under_way_is_not()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var instance = await BackEnd.StartAsync(async context =>
        {
            arrived.SetResult();
            await release.Task;
            await context.Response.WriteAsync("ok", context.RequestAborted);
        });
        await using var edge = await RunningEdge.StartAsync();
        edge.Router.Apply([To("one", instance.Address)]);
        var underWay = edge.GetTextAsync();
        await arrived.Task.WaitAsync(Stop);
        edge.Pause();
        var waiting = edge.SendAsync(Ask());
        await edge.UntilWaitingAsync(1);

        edge.Hold(StageTraffic.Maintenance);
        (await waiting).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        release.SetResult();
        (await underWay).ShouldBe("ok");
    }
}
