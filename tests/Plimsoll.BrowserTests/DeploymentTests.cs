using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>Somebody has the page open while something is deployed, and does nothing but look.</summary>
public sealed class DeploymentTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_by_webhook_is_watched_live_from_the_overview_to_its_end()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "watched", "v1", Token);
        await plimsoll.AddProjectAsync("watched", v1.Repository, Token);
        await person.Link("watched").First.ClickAsync();
        await Person.Expect(person.Heading("watched")).ToBeVisibleAsync();
        await Person.Expect(person.Text("Nothing is live here.")).ToBeVisibleAsync();

        plimsoll.Faults.Clear();
        var id = (string)(await plimsoll.PushWithoutWaitingAsync(v1, Token))["deployId"]!;

        await Person.Expect(person.Page.Locator("article", new() { HasText = "live since" })).ToContainTextAsync("v1");
        await person.GoToAsync($"/deployments/{id}");
        await Person.Expect(person.Main.GetByRole(AriaRole.Status).Filter(new() { HasText = "It went live" })).ToBeVisibleAsync();

        // The second one is opened while it runs: its steps come in without a reload.
        var v2 = await world.Images.PublishAsync(ImageKind.HealthyLate, "v2", "watched", "v2", Token);
        var second = (string)(await plimsoll.PushWithoutWaitingAsync(v2, Token))["deployId"]!;
        await person.GoToAsync($"/deployments/{second}");
        await Person.Expect(person.Heading("v2 to watched/rel")).ToBeVisibleAsync();
        // What the new container writes while it proves itself is read on the same page.
        await Person.Expect(person.Page.GetByRole(AriaRole.Log, new() { Name = "Lines of the container" })).ToContainTextAsync("warming the caches");
        await Person.Expect(person.Main.GetByRole(AriaRole.Status).Filter(new() { HasText = "It went live" })).ToBeVisibleAsync();
        (await Barriers.FindAsync(person)).ShouldBeEmpty();
        person.ShouldHaveNoComplaint();
    }

    [Fact]
    public async Task A_version_that_fails_says_why_and_what_to_do_and_the_overview_says_that_somebody_is_needed()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "failing", "v1", Token);
        await plimsoll.AddProjectAsync("failing", v1.Repository, Token);
        await plimsoll.PushAsync(v1, Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await Person.Expect(person.Text("Everything rides on its line")).ToBeVisibleAsync();

        var v2 = await world.Images.PublishAsync(ImageKind.Unhealthy, "v2", "failing", "v2", Token);
        var id = (string)(await plimsoll.PushAsync(v2, Token))["deployId"]!;

        await Person.Expect(person.Heading("Needs you")).ToBeVisibleAsync();
        await person.GoToAsync($"/deployments/{id}");
        await Person.Expect(person.Heading("Why")).ToBeVisibleAsync();
        await Person.Expect(person.Main).ToContainTextAsync("the database does not answer");
        await Person.Expect(person.Main).ToContainTextAsync("blocked");
        (await plimsoll.AskEdgeAsync("stage-rel-failing.localhost", Token)).ShouldBe("healthy v1");
        (await Barriers.FindAsync(person)).ShouldBeEmpty();
        person.ShouldHaveNoComplaint();
    }

    [Fact]
    public async Task An_earlier_deployment_is_brought_back_from_the_page_of_the_project()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "returns", "v1", Token);
        var v2 = await world.Images.PublishAsync(ImageKind.Healthy, "v2", "returns", "v2", Token);
        await plimsoll.AddProjectAsync("returns", v1.Repository, Token);
        await plimsoll.PushAsync(v1, Token);
        await plimsoll.PushAsync(v2, Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/projects/returns");

        await person.Button("Roll back").First.ClickAsync();
        await Person.Expect(person.Dialog).ToContainTextAsync("v1");
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();

        await plimsoll.ShouldSoonServeAsync("stage-rel-returns.localhost", "healthy v1", Token);
        await Person.Expect(person.Page.Locator("article", new() { HasText = "live since" })).ToContainTextAsync("v1");
        person.ShouldHaveNoComplaint();
    }
}
