using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>
/// Every page in every look: nothing that keeps people out, nothing wider than the window, no complaint of the browser. The
/// pictures go to artifacts/tests/pages, or to where PLIMSOLL_PICTURES says (scripts/take-screenshots).
/// </summary>
public sealed class PageTests(EngineWorld world, Chromium chromium)
{
    private static readonly IReadOnlyDictionary<string, BrowserNewContextOptions> Looks = new Dictionary<string, BrowserNewContextOptions>
    {
        ["light"] = new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1360, Height = 900 } },
        ["dark"] = new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1360, Height = 900 } },
        ["phone"] = new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Name of the picture, and the address of the page.</summary>
    private static IReadOnlyDictionary<string, string> PagesOf(string succeeded, string rolledBack) => new Dictionary<string, string>
    {
        ["overview"] = "/",
        ["project"] = "/projects/shop",
        ["project-with-a-failure"] = "/projects/blog",
        ["project-change"] = "/projects/shop/edit",
        ["container"] = $"/projects/shop/dev/{succeeded}",
        ["add-project"] = "/add-project",
        ["quick-deploy"] = "/deploy",
        ["deployment"] = $"/deployments/{succeeded}",
        ["deployment-rolled-back"] = $"/deployments/{rolledBack}",
        ["containers"] = "/containers",
        ["activity"] = "/activity",
        ["activity-events"] = "/activity?show=events",
        ["activity-decisions"] = "/activity?show=decisions",
        ["decision"] = "/decisions/1",
        ["activity-trail"] = "/activity?show=audit",
        ["settings"] = "/settings",
        ["settings-users"] = "/settings/users",
        ["settings-user"] = "/settings/users/1",
        ["settings-registries"] = "/settings/registries",
        ["webhooks"] = "/webhooks",
        ["schedules"] = "/schedules",
        ["settings-tokens"] = "/settings/tokens",
        ["settings-account"] = "/settings/account",
    };

    [Fact]
    public async Task Every_page_is_open_to_everybody_in_light_in_dark_and_on_a_phone()
    {
        await using var fleet = await Fleet.SailAsync(world, Token);
        var pages = PagesOf(fleet.Succeeded, fleet.RolledBack);
        await using var fresh = await PlimsollProcess.StartNewAsync(
            new PlimsollSettings { DockerHost = world.Engine.Endpoint, Environment = new Dictionary<string, string?> { ["PLIMSOLL_ADMIN_PASSWORD"] = null } }, Token);
        var setup = FirstRunTests.SetupLink().Match(fresh.Output.Text).Value;
        var invited = await fleet.Plimsoll.Api.PostDataAsync("users", new { name = "anna", role = "operator" }, Token);
        var troubles = new List<string>();
        foreach (var (look, settings) in Looks)
        {
            await using (var newcomer = await chromium.MeetAsync(fresh.Address, settings))
            {
                await newcomer.GoToAsync(setup);
                await LookAsync(newcomer, "set-up", look, troubles);
                newcomer.ShouldHaveNoComplaint();
            }

            await using var person = await chromium.MeetAsync(fleet.Plimsoll.Address, settings);
            await person.GoToAsync((string)invited!["path"]!);
            await LookAsync(person, "invitation", look, troubles);
            await person.GoToAsync("/sign-in");
            await LookAsync(person, "sign-in", look, troubles);
            await person.ArriveAsync();
            foreach (var (name, path) in pages)
            {
                await person.GoToAsync(path);
                await LookAsync(person, name, look, troubles);
            }

            person.ShouldHaveNoComplaint();
        }

        troubles.ShouldBeEmpty();
    }

    [Fact]
    public void No_page_of_the_dashboard_is_left_out()
    {
        var looked = PagesOf("one", "another").Values.Append("/sign-in").Append("/setup").Append("/invite").Select(path => path.Split('?')[0]).ToList();
        var routes = RepositoryFiles.PathOf("web", "src", "routes");
        var missing = Directory.EnumerateFiles(routes, "+page.svelte", SearchOption.AllDirectories)
            .Select(file => "/" + Path.GetRelativePath(routes, Path.GetDirectoryName(file)!).Replace(".", "", StringComparison.Ordinal))
            .Where(route => !looked.Any(path => Fits(route, path)))
            .ToList();
        missing.ShouldBeEmpty();
    }

    private static bool Fits(string route, string path)
    {
        var (wanted, given) = (route.Trim('/').Split('/'), path.Trim('/').Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First == pair.Second || pair.First.StartsWith('['));
    }

    private static async Task LookAsync(Person person, string name, string look, List<string> troubles)
    {
        // What is still being read shows as grey bars; a picture of those says nothing.
        await Person.Expect(person.Page.GetByRole(AriaRole.Status, new() { Name = "One moment" })).ToHaveCountAsync(0);
        troubles.AddRange((await Barriers.FindAsync(person)).Select(barrier => $"{look}: {barrier}"));
        var tooWide = await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0)
        {
            troubles.Add($"{look} {person.Page.Url}: {tooWide} px wider than the window");
        }

        var folder = Environment.GetEnvironmentVariable("PLIMSOLL_PICTURES") ?? RepositoryFiles.PathOf("artifacts", "tests", "pages");
        Directory.CreateDirectory(folder);
        await person.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{look}.png"), FullPage = look == "phone" });
    }
}
