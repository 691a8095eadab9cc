using System.Text.RegularExpressions;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>The first five minutes of somebody who has just started the program.</summary>
public sealed partial class FirstRunTests(EngineWorld world, Chromium chromium)
{
    private const string Password = "a sentence to remember";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_from_the_log_leads_to_a_password_then_to_the_domain_and_then_to_what_to_do_next()
    {
        await using var plimsoll = await PlimsollProcess.StartNewAsync(
            new PlimsollSettings { DockerHost = world.Engine.Endpoint, Environment = new Dictionary<string, string?> { ["PLIMSOLL_ADMIN_PASSWORD"] = null } }, Token);
        var link = SetupLink().Match(plimsoll.Output.Text).Value;
        link.ShouldNotBeEmpty("the log names the link");
        await using var person = await chromium.MeetAsync(plimsoll.Address);

        await person.Page.GotoAsync(link);
        await Person.Expect(person.Heading("Welcome aboard")).ToBeVisibleAsync();
        // The code stays in no history.
        await person.ExpectPage().ToHaveURLAsync(new Uri(plimsoll.Address, "setup").ToString());
        await person.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await person.Page.GetByLabel("The same again").FillAsync("something else");
        await person.Button("Set up").ClickAsync();
        await Person.Expect(person.Text("This is not the same as above.")).ToBeVisibleAsync();
        await person.Page.GetByLabel("The same again").FillAsync(Password);
        await person.Button("Set up").ClickAsync();

        await person.Page.GetByLabel("Domain").FillAsync("apps.localhost");
        await person.Button("Save and go on").ClickAsync();

        await Person.Expect(person.Heading("Nothing is aboard yet")).ToBeVisibleAsync();
        (await Barriers.FindAsync(person)).ShouldBeEmpty();
        person.ShouldHaveNoComplaint();

        // The link is used up; whoever finds it in the log later gets no further than to the sign-in.
        await using var stranger = await chromium.MeetAsync(plimsoll.Address);
        await stranger.Page.GotoAsync(link);
        await Person.Expect(stranger.Heading("Set-up is done")).ToBeVisibleAsync();
        await stranger.ArriveAsync("admin", Password);
        stranger.ShouldHaveNoComplaint();
    }

    [GeneratedRegex(@"http://\S+/setup\?code=[^\s""]+")]
    internal static partial Regex SetupLink();
}
