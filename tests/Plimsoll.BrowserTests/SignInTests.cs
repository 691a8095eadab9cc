using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;
using Plimsoll.Tests.Access;
using Plimsoll.Tests.Access.OpenId;

namespace Plimsoll.BrowserTests;

public sealed class SignInTests(EngineWorld world, Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_second_factor_the_password_is_not_enough_and_a_recovery_code_counts_once()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await using var person = await chromium.MeetAsync(plimsoll.Address);
        await person.ArriveAsync();
        await person.GoToAsync("/settings/account");
        await person.Button("Switch it on…").ClickAsync();
        await person.Dialog.GetByLabel("Your password").FillAsync("correct-horse-battery-staple");
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        var address = (await person.Dialog.GetByRole(AriaRole.Link, new() { Name = "Open in an app" }).GetAttributeAsync("href"))!;
        var key = System.Web.HttpUtility.ParseQueryString(new Uri(address).Query)["secret"]!;
        await person.Dialog.GetByLabel("The code that the app shows now").FillAsync(Authenticator.CodeAt(key, TimeProvider.System.GetUtcNow()));
        await person.Dialog.GetByRole(AriaRole.Button, new() { Name = "Switch it on" }).ClickAsync();
        await Person.Expect(person.Heading("Keep these recovery codes")).ToBeVisibleAsync();
        (await Barriers.FindAsync(person)).ShouldBeEmpty();
        var recovery = (await person.Dialog.GetByRole(AriaRole.Listitem).AllInnerTextsAsync()).Select(text => text.Trim()).ToList();
        recovery.Count.ShouldBe(10);

        await using var again = await chromium.MeetAsync(plimsoll.Address);
        await again.SignInAsync();
        var code = again.Page.GetByLabel("Code", new() { Exact = true });
        await code.FillAsync("000000");
        await again.Button("Sign in", exact: true).ClickAsync();
        await Person.Expect(code).ToHaveAttributeAsync("aria-invalid", "true");
        await code.FillAsync(recovery[0]);
        await again.Button("Sign in", exact: true).ClickAsync();
        await Person.Expect(again.Heading("Overview")).ToBeVisibleAsync();

        await using var thief = await chromium.MeetAsync(plimsoll.Address);
        await thief.SignInAsync();
        await thief.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(recovery[0]);
        await thief.Button("Sign in", exact: true).ClickAsync();
        await Person.Expect(thief.Page.GetByLabel("Code", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        person.ShouldHaveNoComplaint();
        again.ShouldHaveNoComplaint();
    }

    [Fact]
    public async Task A_person_of_the_provider_comes_in_by_its_button_and_one_without_a_role_is_told_why_not()
    {
        await using var provider = await SmallProvider.StartAsync();
        await using var plimsoll = await PlimsollProcess.StartNewAsync(
            new PlimsollSettings
            {
                DockerHost = world.Engine.Endpoint,
                Environment = new Dictionary<string, string?>
                {
                    ["PLIMSOLL_OPENID_ISSUER"] = provider.Issuer,
                    ["PLIMSOLL_OPENID_CLIENT_ID"] = "plimsoll",
                    ["PLIMSOLL_OPENID_CLIENT_SECRET"] = SmallProvider.Secret,
                    ["PLIMSOLL_OPENID_NAME"] = "Sign in with Home",
                    ["PLIMSOLL_OPENID_ROLES"] = "developers=operator",
                },
            },
            Token);
        await using var anna = await chromium.MeetAsync(plimsoll.Address);
        await anna.GoToAsync("/sign-in?back=%2Factivity");
        await anna.Link("Home").ClickAsync();
        await Person.Expect(anna.Heading("Activity")).ToBeVisibleAsync();
        await Person.Expect(anna.Page.GetByRole(AriaRole.Navigation).First).ToContainTextAsync("anna");

        provider.Claims["groups"] = new System.Text.Json.Nodes.JsonArray("others");
        provider.Claims["sub"] = "43";
        provider.Claims["preferred_username"] = "olaf";
        await using var olaf = await chromium.MeetAsync(plimsoll.Address);
        await olaf.GoToAsync("/sign-in");
        await olaf.Link("Home").ClickAsync();
        await Person.Expect(olaf.Main.Or(olaf.Page.Locator("body")).First).ToContainTextAsync("role");
        await olaf.ExpectPage().ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        anna.ShouldHaveNoComplaint();
        olaf.ShouldHaveNoComplaint();
    }
}
