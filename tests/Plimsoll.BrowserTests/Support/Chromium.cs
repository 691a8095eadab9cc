using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Plimsoll.BrowserTests.Support;

/// <summary>One real browser for all tests; each person in it has cookies and storage of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Somebody who has just opened a browser at the program's address.</summary>
    public async Task<Person> MeetAsync(Uri address, BrowserNewContextOptions? settings = null)
    {
        var options = settings ?? new BrowserNewContextOptions();
        options.BaseURL = address.ToString();
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await _browser!.NewContextAsync(options);
        return new Person(context, await context.NewPageAsync());
    }

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
