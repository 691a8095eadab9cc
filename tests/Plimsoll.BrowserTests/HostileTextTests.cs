using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>What containers, images and addresses say is shown as what it is: text.</summary>
public sealed class HostileTextTests(EngineWorld world, Chromium chromium)
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    /// <summary>The container takes it apart again: values of variables as they are never come into a log.</summary>
    private static readonly string Disguised = Markup.Replace("<", "\\074", StringComparison.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Markup_in_a_log_line_a_reason_a_label_and_a_message_is_shown_and_never_run()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var well = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "hostile", "v1", Token);
        var image = await world.Images.PublishAsync(ImageKind.ExitsAtOnce, "v2", "hostile", "v2", Token);
        await plimsoll.AddProjectAsync("hostile", image.Repository, Token);
        await plimsoll.PushAsync(well, Token);
        await plimsoll.Api.SendDataAsync(HttpMethod.Put, "projects/hostile", new { env = new Dictionary<string, string> { ["LAST_WORDS"] = Disguised } }, Token);
        var id = (string)(await plimsoll.PushAsync(image, Token))["deployId"]!;
        await plimsoll.Api.PostDataAsync("projects/hostile/stages/rel/maintenance", new { message = Markup }, Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        var alerts = 0;
        person.Page.Dialog += async (_, dialog) =>
        {
            Interlocked.Increment(ref alerts);
            await dialog.DismissAsync();
        };
        await person.ArriveAsync();

        foreach (var path in new[] { $"/deployments/{id}", "/", "/projects/hostile", "/activity", "/activity?show=events", "/activity?show=decisions" })
        {
            await person.GoToAsync(path);
            if (path.Contains(id, StringComparison.Ordinal))
            {
                await Person.Expect(person.Page.GetByLabel("Log of the container")).ToContainTextAsync(Markup);
            }

            await person.Page.WaitForLoadStateAsync(LoadState.Load);
            (await person.Page.Locator("img[src=x]").CountAsync()).ShouldBe(0, path);
        }

        await person.GoToAsync("/deploy?image=" + Uri.EscapeDataString(image.Reference));
        await person.Main.GetByText("labels of the image").ClickAsync();
        await Person.Expect(person.Main).ToContainTextAsync("<img src=x onerror=alert(3)>");
        (await person.Page.Locator("img[src=x]").CountAsync()).ShouldBe(0);

        await person.Page.GotoAsync($"http://stage-rel-hostile.localhost:{plimsoll.ProxyAddress.Port}/");
        await Person.Expect(person.Page.Locator("body")).ToContainTextAsync(Markup);
        alerts.ShouldBe(0);
        person.ShouldHaveNoComplaint();
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task After_the_sign_in_nobody_is_sent_to_another_site(string back)
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.GoToAsync("/sign-in?back=" + Uri.EscapeDataString(back));
        await person.Page.GetByLabel("User", new() { Exact = true }).FillAsync("admin");
        await person.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("correct-horse-battery-staple");
        await person.Button("Sign in", exact: true).ClickAsync();

        await person.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        new Uri(person.Page.Url).Authority.ShouldBe(plimsoll.Address.Authority);
        person.ShouldHaveNoComplaint();
    }
}
