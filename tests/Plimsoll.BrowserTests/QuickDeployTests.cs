using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

public sealed class QuickDeployTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_that_is_pasted_is_looked_at_and_runs_as_a_project_of_its_own()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "pasted", "v1.0.0", Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();

        await person.GoToAsync("/deploy");
        await person.Page.GetByLabel("Image with its tag").FillAsync(image.Reference);
        await person.Button("Look at it").ClickAsync();
        await Person.Expect(person.Heading("What will run")).ToBeVisibleAsync();
        await Person.Expect(person.Page.GetByLabel("Project", new() { Exact = true })).ToHaveValueAsync("pasted");
        await Person.Expect(person.Page.GetByLabel("Port in the container")).ToHaveValueAsync("8080");
        await person.Page.GetByLabel("Project", new() { Exact = true }).FillAsync("landed");
        await person.Page.GetByLabel("Stage", new() { Exact = true }).FillAsync("rel");
        (await Barriers.FindAsync(person)).ShouldBeEmpty();
        await person.Button("Deploy to landed/rel").ClickAsync();

        await Person.Expect(person.Heading("v1.0.0 to landed/rel")).ToBeVisibleAsync();
        await Person.Expect(person.Main.GetByRole(AriaRole.Status).Filter(new() { HasText = "It went live" })).ToBeVisibleAsync();
        await plimsoll.ShouldSoonServeAsync("stage-rel-landed.localhost", image.Body, Token);
        person.ShouldHaveNoComplaint();
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_said_at_the_field()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/deploy");

        await person.Page.GetByLabel("Image with its tag").FillAsync($"{world.Registry.Host}/nobody/made-this:v1");
        await person.Button("Look at it").ClickAsync();

        await Person.Expect(person.Main).ToContainTextAsync("made-this");
        await Person.Expect(person.Main.GetByRole(AriaRole.Alert).Or(person.Page.Locator("[aria-invalid=true]")).First).ToBeVisibleAsync();
        await Person.Expect(person.Heading("What will run")).Not.ToBeVisibleAsync();
        person.ShouldHaveNoComplaint();
    }
}
