using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>What is the same around every page.</summary>
public sealed class FrameTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_of_the_server_is_told_quietly_and_the_page_goes_on_by_itself()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var v1 = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "goes-on", "v1", Token);
        await plimsoll.AddProjectAsync("goes-on", v1.Repository, Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/projects/goes-on");
        await Person.Expect(person.Text("Nothing is live here.")).ToBeVisibleAsync();
        var notice = person.Text("Plimsoll does not answer at the moment.");

        await plimsoll.KillAsync();
        await Person.Expect(notice).ToBeVisibleAsync();
        await plimsoll.StartAsync(Token);

        await Person.Expect(notice).ToBeHiddenAsync();
        await plimsoll.PushAsync(v1, Token);
        await Person.Expect(person.Page.GetByRole(AriaRole.Article, new() { Name = "Stage rel" })).ToContainTextAsync("live since");
    }

    [Fact]
    public async Task Whoever_has_only_a_keyboard_gets_everywhere()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await plimsoll.AddProjectAsync("by-keyboard", "registry.example/by-keyboard", Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();

        await person.Page.Keyboard.PressAsync("Control+K");
        await Person.Expect(person.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search" })).ToBeFocusedAsync();
        await person.Page.Keyboard.TypeAsync("by-keyb");
        await Person.Expect(person.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync("by-keyboard");
        await person.Page.Keyboard.PressAsync("Enter");
        await Person.Expect(person.Heading("by-keyboard")).ToBeVisibleAsync();

        await person.Page.Keyboard.PressAsync("Control+K");
        await person.Page.Keyboard.TypeAsync("who changed");
        await Person.Expect(person.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Who changed what?");
        await person.Page.Keyboard.PressAsync("Enter");
        await person.ExpectPage().ToHaveURLAsync(new System.Text.RegularExpressions.Regex("show=audit"));

        await person.Page.Keyboard.PressAsync("Control+K");
        await person.Page.Keyboard.PressAsync("Escape");
        await Person.Expect(person.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search" })).ToBeHiddenAsync();
        person.ShouldHaveNoComplaint();
    }
}
