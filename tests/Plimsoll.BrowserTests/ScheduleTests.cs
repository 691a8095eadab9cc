using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

public sealed class ScheduleTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_added_with_a_mistake_told_at_its_field_done_now_and_removed()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/schedules");
        await Person.Expect(person.Heading("scan")).ToBeVisibleAsync();

        await person.Button("Add a job").ClickAsync();
        await person.Dialog.GetByLabel("Name").FillAsync("night");
        await person.Dialog.GetByLabel("What it does").SelectOptionAsync("update");
        await person.Dialog.GetByLabel("When", new() { Exact = true }).SelectOptionAsync("cron");
        var cron = person.Dialog.GetByLabel("Cron", new() { Exact = true });
        await cron.FillAsync("0 25 * * *");
        await person.Dialog.GetByLabel("Time zone").FillAsync("Europe/Berlin");
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Person.Expect(cron).ToHaveAttributeAsync("aria-invalid", "true");
        await cron.FillAsync("0 3 * * *");
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Person.Expect(person.Main).ToContainTextAsync("03:00 Europe/Berlin");
        await person.Button("Run now night").ClickAsync();
        await Person.Expect(person.Main.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "night" })).ToContainTextAsync("Went well");
        await person.Button("Runs of night").ClickAsync();
        await Person.Expect(person.Page.GetByRole(AriaRole.List, new() { Name = "Runs of night" })).ToContainTextAsync("asked for by admin");
        (await Barriers.FindAsync(person)).ShouldBeEmpty();

        await person.Button("Remove night").ClickAsync();
        await person.Dialog.GetByRole(AriaRole.Textbox).FillAsync("night");
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Person.Expect(person.Main.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "night" })).ToHaveCountAsync(0);
        person.ShouldHaveNoComplaint();
    }
}
