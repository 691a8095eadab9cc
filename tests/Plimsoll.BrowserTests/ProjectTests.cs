using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>Projects, their stages and their containers, changed by somebody at the window.</summary>
public sealed class ProjectTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_project_is_stored_and_every_wrong_field_is_said_at_once()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "edited", "v1", Token);
        await plimsoll.AddProjectAsync("edited", image.Repository, Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/projects/edited/edit");
        var path = person.Page.GetByLabel("Path that answers when it is well");
        var picture = person.Page.GetByLabel("Image", new() { Exact = true });
        await Person.Expect(path).ToHaveValueAsync("/health");

        await path.FillAsync("no slash");
        await picture.FillAsync("Not An Image");
        await person.Button("Save", exact: true).ClickAsync();
        await Person.Expect(path).ToHaveAttributeAsync("aria-invalid", "true");
        await Person.Expect(picture).ToHaveAttributeAsync("aria-invalid", "true");

        await path.FillAsync("/health?deep=1");
        await picture.FillAsync(image.Repository);
        await person.Button("Add a variable").ClickAsync();
        await person.Page.GetByLabel("Name of variable 1").FillAsync("GREETING");
        await person.Page.GetByLabel("Value of GREETING").FillAsync("ahoy");
        await person.Button("Save", exact: true).ClickAsync();
        await person.ExpectPage().ToHaveURLAsync(new Uri(plimsoll.Address, "projects/edited").ToString());

        var stored = await plimsoll.Api.GetDataAsync("projects/edited/config", Token);
        ((string)stored!["healthcheck"]!).ShouldBe("/health?deep=1");
        ((string)stored["env"]!["GREETING"]!).ShouldBe("ahoy");
        person.ShouldHaveNoComplaint();
    }

    [Fact]
    public async Task A_container_that_is_stopped_and_started_by_hand_says_so_and_a_project_goes_when_its_name_was_typed()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "leaving", "v1", Token);
        await plimsoll.AddProjectAsync("leaving", image.Repository, Token);
        await plimsoll.PushAsync(image, Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/projects/leaving");
        var containers = person.Page.GetByRole(AriaRole.List, new() { Name = "Containers" });

        await containers.GetByRole(AriaRole.Button, new() { Name = "Stop v1 of rel", Exact = true }).ClickAsync();
        await Person.Expect(person.Dialog).ToContainTextAsync("This container serves.");
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop it", Exact = true }).ClickAsync();
        var start = containers.GetByRole(AriaRole.Button, new() { Name = "Start v1 of rel", Exact = true });
        await Person.Expect(start).ToBeVisibleAsync();
        (await plimsoll.AskEdgeAsync("stage-rel-leaving.localhost", Token)).ShouldBe("status 503");
        await start.ClickAsync();
        await plimsoll.ShouldSoonServeAsync("stage-rel-leaving.localhost", image.Body, Token);

        await person.GoToAsync("/projects/leaving/edit");
        await person.Button("Delete leaving…").ClickAsync();
        var delete = person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete it" });
        await Person.Expect(delete).ToBeDisabledAsync();
        await person.Dialog.GetByRole(AriaRole.Textbox).FillAsync("leaving");
        await delete.ClickAsync();

        await Person.Expect(person.Heading("Nothing is aboard yet")).ToBeVisibleAsync();
        (await plimsoll.AskEdgeAsync("stage-rel-leaving.localhost", Token)).ShouldBe("status 404");
        (await EngineSnapshot.TakeAsync(world.Engine, Token)).ContainersOf("leaving").ShouldBeEmpty();
        person.ShouldHaveNoComplaint();
    }
}
