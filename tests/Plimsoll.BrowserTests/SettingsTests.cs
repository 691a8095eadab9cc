using System.Net;
using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

public sealed class SettingsTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_is_there_after_a_reload_and_what_does_not_fit_is_said_at_its_field()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/settings");
        var domain = person.Page.GetByLabel("Domain", new() { Exact = true });
        var drain = person.Page.GetByLabel("Requests on the old container may take");

        await domain.FillAsync("not a domain!");
        await drain.FillAsync("-1");
        await person.Button("Save", exact: true).ClickAsync();
        await Person.Expect(domain).ToHaveAttributeAsync("aria-invalid", "true");
        await Person.Expect(drain).ToHaveAttributeAsync("aria-invalid", "true");

        await domain.FillAsync("apps.localhost");
        await drain.FillAsync("45");
        await person.Button("Save", exact: true).ClickAsync();
        await Person.Expect(person.Text("The settings are saved.").First).ToBeVisibleAsync();
        await person.GoToAsync("/settings");

        await Person.Expect(domain).ToHaveValueAsync("apps.localhost");
        await Person.Expect(drain).ToHaveValueAsync("45");
        ((int)(await plimsoll.Api.GetDataAsync("settings", Token))!["drainSeconds"]!).ShouldBe(45);
        person.ShouldHaveNoComplaint();
    }

    [Fact]
    public async Task The_webhook_address_is_copied_from_its_page_works_and_stops_working_when_a_new_one_is_made()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "by-address", "v1", Token);
        await plimsoll.AddProjectAsync("by-address", image.Repository, Token);
        var path = "/api/" + await plimsoll.WebhookPathAsync(Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();

        await person.GoToAsync("/webhooks");

        await Person.Expect(person.Button("Show it")).ToBeVisibleAsync();
        (await person.Main.InnerTextAsync()).ShouldNotContain(path, customMessage: "a secret is not on the screen until it is asked for");
        await person.Button("Show it").ClickAsync();
        await Person.Expect(person.Main).ToContainTextAsync(path);
        foreach (var kind in new[] { "Gitea", "GitHub", "GitLab", "curl" })
        {
            await person.Button(kind, exact: true).ClickAsync();
            await Person.Expect(person.Page.GetByLabel($"Snippet for {kind}")).ToBeVisibleAsync();
        }

        await person.Button("Make a new one").ClickAsync();
        await person.Dialog.GetByRole(AriaRole.Textbox).FillAsync("new address");
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Make a new one" }).ClickAsync();
        await Person.Expect(person.Main).Not.ToContainTextAsync(path);

        using var old = await plimsoll.Api.PostAsync(new Uri(plimsoll.Address, path), new StringContent($$"""{"image":"{{image.Reference}}"}"""), Token);
        old.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)(await plimsoll.PushAsync(image, Token))["state"]!).ShouldBe("succeeded");
        person.ShouldHaveNoComplaint();
    }
}
