using System.Collections.Concurrent;
using Microsoft.Playwright;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests.Support;

/// <summary>One person at one window. Whatever the browser complains about on the way is a failure, unless the test expects it.</summary>
public sealed class Person : IAsyncDisposable
{
    /// <summary>Deployments on a busy machine take their time; a page that only shows something does not.</summary>
    public const float Patience = 90_000;

    /// <summary>Chromium drops what it is loading whenever an engine on the same machine adds or removes a network interface.</summary>
    private const string NetworkChanged = "net::ERR_NETWORK_CHANGED";

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private int _cutOff;

    internal Person(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        page.PageError += (_, problem) => _complaints.Enqueue($"{page.Url}: {problem}");
        page.Console += (_, message) =>
        {
            if (message.Text.Contains(NetworkChanged, StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _cutOff);
            }
            else if (message.Type is "error" or "warning" && !IsRefusal(message.Text))
            {
                _complaints.Enqueue($"{page.Url}: {message.Text}");
            }
        };
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name });

    public ILocator Button(string name, bool exact = false) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    /// <summary>The page itself, without the frame around it.</summary>
    public ILocator Main => Page.GetByRole(AriaRole.Main);

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public ILocator Text(string text) => Page.GetByText(text);

    public async Task GoToAsync(string path)
    {
        for (var left = 5; ; left--)
        {
            var cutOff = Volatile.Read(ref _cutOff);
            try
            {
                await Page.GotoAsync(path);
                await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync(new() { Timeout = left > 0 ? Patience / 5 : Patience });
                return;
            }
            catch (Exception problem) when (left > 0 && (problem is PlaywrightException or TimeoutException) && (Volatile.Read(ref _cutOff) > cutOff || problem.Message.Contains(NetworkChanged, StringComparison.Ordinal)))
            {
                // As a person would: once more.
            }
        }
    }

    public async Task SignInAsync(string user = "admin", string password = "correct-horse-battery-staple")
    {
        await GoToAsync("/sign-in");
        await Page.GetByLabel("User", new() { Exact = true }).FillAsync(user);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Button("Sign in", exact: true).ClickAsync();
    }

    public async Task ArriveAsync(string user = "admin", string password = "correct-horse-battery-staple")
    {
        await SignInAsync(user, password);
        await Heading("Overview").WaitForAsync();
    }

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    public IPageAssertions ExpectPage() => Assertions.Expect(Page);

    /// <summary>No error in a script, nothing that the page's own policy had to stop.</summary>
    public void ShouldHaveNoComplaint() => _complaints.ShouldBeEmpty();

    /// <summary>A picture of the window, for whoever wants to know why a test failed.</summary>
    public async Task KeepPictureAsync(string name)
    {
        var folder = Directory.CreateDirectory(RepositoryFiles.PathOf("artifacts", "tests", "pictures")).FullName;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed || TestContext.Current.TestState is null)
        {
            await KeepPictureAsync(string.Concat((TestContext.Current.TestMethod?.MethodName ?? "unknown").Take(100)));
        }

        await _context.CloseAsync();
    }

    /// <summary>The browser logs each answer of 4xx and 5xx as an error. Those are the program's to tell, and the tests' to look at.</summary>
    private static bool IsRefusal(string text) => text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal);
}
