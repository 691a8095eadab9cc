using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

public sealed class DecisionTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_on_the_overview_opens_to_its_rules_and_is_approved_with_a_word_about_what_happens()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "asks-in-the-browser", "v1", Token);
        await plimsoll.AddProjectAsync("asks", image.Repository, Token, new { name = "rel", tagPattern = "v*", autoDeploy = false });
        await plimsoll.PushAsync(image, Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();

        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Decide" }).ClickAsync();
        await Person.Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "v1 for asks/rel" })).ToBeVisibleAsync();
        await Person.Expect(person.Page.GetByText("this rule decided")).ToBeVisibleAsync();
        await Person.Expect(person.Page.GetByText("What would change it:").First).ToBeVisibleAsync();
        (await Barriers.FindAsync(person)).ShouldBeEmpty();

        await person.Button("Approve v1 for asks rel").ClickAsync();
        await Person.Expect(person.Dialog).ToContainTextAsync("It is judged again with your yes.");
        (await Barriers.FindAsync(person)).ShouldBeEmpty();
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Approve v1" }).ClickAsync();

        await plimsoll.ShouldSoonServeAsync("stage-rel-asks.localhost", image.Body, Token);
        await Person.Expect(person.Page.GetByText("admin approved it")).ToBeVisibleAsync();
        person.ShouldHaveNoComplaint();
    }
}
