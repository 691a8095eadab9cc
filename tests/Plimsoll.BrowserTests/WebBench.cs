using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>bench/web: what the dashboard weighs, and how it does with 200 projects and 1,000 instances. It measures; people judge.</summary>
public sealed class WebBench(EngineWorld world, Chromium chromium, ITestOutputHelper output)
{
    private const int Asked = 40;
    private const int Aim = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task The_dashboard_with_two_hundred_projects_and_a_thousand_instances()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.NoShell, "v1", "many", "v1", Token);
        await LoadAsync(plimsoll, "empty");

        await LargeFleet.LoadAsync(plimsoll, image, Token);
        var projects = (await plimsoll.Api.GetDataAsync("projects", Token))!.AsArray();
        projects.Count.ShouldBe(LargeFleet.Projects);
        projects.Sum(project => (int)project!["instanceCount"]!).ShouldBe(LargeFleet.Instances);

        foreach (var path in new[] { "projects", "projects/app-100", "deploys?limit=50", "events?before=0&limit=50", "settings" })
        {
            await AskAsync(plimsoll, path);
        }

        await LoadAsync(plimsoll, "200 projects");
    }

    private async Task AskAsync(PlimsollProcess plimsoll, string path)
    {
        var times = new List<double>();
        for (var turn = 0; turn < Asked; turn++)
        {
            var clock = Stopwatch.StartNew();
            await plimsoll.Api.GetDataAsync(path, Token);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GET /api/{path}: median {times[Asked / 2]:0.0} ms, slowest of {Asked} {times[^1]:0.0} ms (aim {Aim} ms)"));
    }

    /// <summary>Everything that a browser which was never here before loads, from the address to the first data on the overview.</summary>
    private async Task LoadAsync(PlimsollProcess plimsoll, string what)
    {
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        var session = await person.Context.NewCDPSessionAsync(person.Page);
        var (requests, bytes) = (0, 0.0);
        session.Event("Network.loadingFinished").OnEvent += (_, told) =>
        {
            Interlocked.Increment(ref requests);
            bytes += told!.Value.GetProperty("encodedDataLength").GetDouble();
        };
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });

        var clock = Stopwatch.StartNew();
        await person.Page.GotoAsync("/");
        await person.Main.GetByRole(AriaRole.Listitem).Or(person.Heading("Nothing is aboard yet")).First.WaitForAsync();
        var first = clock.Elapsed.TotalMilliseconds;
        await person.Page.WaitForLoadStateAsync(LoadState.Load);
        var frames = await person.Page.EvaluateAsync<JsonElement>(Scroll);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: first load {requests} requests, {bytes / 1000:0.0} kB over the wire with the first data; first data after {first:0} ms; scrolled through in {frames.GetProperty("frames")} frames, the longest {frames.GetProperty("longest")} ms, {frames.GetProperty("slow")} over 50 ms"));
    }

    private const string Scroll =
        """
        () => new Promise((done) => {
          const times = [];
          let last = performance.now();
          const step = (now) => {
            times.push(now - last);
            last = now;
            scrollBy(0, 120);
            if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1 || times.length > 600)
              done({ frames: times.length, longest: Math.round(Math.max(...times)), slow: times.filter((time) => time > 50).length });
            else requestAnimationFrame(step);
          };
          requestAnimationFrame(step);
        })
        """;
}
