using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

public sealed class PromotionTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_moves_to_the_next_stage_after_somebody_saw_what_changes_and_said_yes()
    {
        await using var fleet = await Fleet.SailAsync(world, Token);
        await using var person = await chromium.MeetAsync(fleet.Plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/projects/shop");

        await person.Button("Promote v2.4.0").ClickAsync();
        await Person.Expect(person.Dialog).ToContainTextAsync("v2.3.0");
        await Person.Expect(person.Dialog).ToContainTextAsync("DATABASE_URL");
        var promote = person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Promote v2.4.0" });
        await Person.Expect(promote).ToBeDisabledAsync();
        (await Barriers.FindAsync(person)).ShouldBeEmpty();
        await person.Dialog.GetByLabel("Yes, v2.4.0 may go live on prod").CheckAsync();
        await promote.ClickAsync();

        await fleet.Plimsoll.ShouldSoonServeAsync("shop.localhost", "healthy v2", Token);
        await Person.Expect(person.Page.GetByRole(AriaRole.Article, new() { Name = "Stage prod" })).ToContainTextAsync("v2.4.0");
        await Person.Expect(person.Button("Promote v2.4.0")).ToHaveCountAsync(0);
        person.ShouldHaveNoComplaint();
    }
}
