using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Apps;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Registry;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Apps;

public sealed class RegistryNewsTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private AppsStore _apps = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _apps = await AppsStore.CreateAsync();

    public ValueTask DisposeAsync() => _apps.DisposeAsync();

    [Fact]
    public async Task A_cool_down_is_told_at_its_beginning_and_its_end_and_outlives_a_restart()
    {
        var store = new RegistryCoolDownStore(_apps.Store, _time);
        using (var news = await StartAsync())
        {
            news.Note(new RegistryCoolDown("ghcr.io", _time.GetUtcNow().AddMinutes(10), "It answered 429."));
            (await UntilAsync(RegistryNews.CoolDownBegan)).ShouldContain("ghcr.io wants to be left alone and is not asked until 12:10:00 UTC: It answered 429.");
            await news.StopAsync(Token);
        }

        await using var client = Clients.New(time: _time);
        using var again = await StartAsync();
        again.Restore(client);
        client.TrafficOf("ghcr.io").CoolDownUntil.ShouldBe(_time.GetUtcNow().AddMinutes(10));
        again.Note(new RegistryCoolDown("ghcr.io", _time.GetUtcNow().AddMinutes(20), "It answered 429."));
        while (store.List().Single().Until != _time.GetUtcNow().AddMinutes(20))
        {
            await Task.Delay(5, Token);
        }

        await AdvanceUntilEndedAsync();
        store.List().ShouldBeEmpty();
        Kinds().ShouldBe([RegistryNews.CoolDownBegan, RegistryNews.CoolDownEnded]);
        await again.StopAsync(Token);
    }

    [Fact]
    public async Task A_refused_credential_is_news_once_a_day()
    {
        using var news = await StartAsync();
        for (var times = 0; times < 5; times++)
        {
            news.Note(new CredentialRefusal("docker.io", "me", "It said: no."));
        }

        (await UntilAsync(RegistryNews.CredentialRefused)).ShouldContain("docker.io no longer accepts the credential of me");
        news.Note(new CredentialRefusal("docker.io", "you", "It said: no."));
        news.Note(new RegistryCoolDown("docker.io", null, "It answers again."));
        await UntilAsync(RegistryNews.CoolDownEnded);
        Kinds().ShouldBe([RegistryNews.CredentialRefused, RegistryNews.CredentialRefused, RegistryNews.CoolDownEnded]);
        await news.StopAsync(Token);
    }

    private async Task<RegistryNews> StartAsync()
    {
        var news = new RegistryNews(_apps.Store, new RegistryCoolDownStore(_apps.Store, _time), _apps.Events, _time, NullLogger<RegistryNews>.Instance);
        await news.StartAsync(Token);
        return news;
    }

    private IEnumerable<string> Kinds() => _apps.Events.After(0).Select(told => told.Kind);

    private async Task<string> UntilAsync(string kind)
    {
        while (true)
        {
            var next = _apps.Events.Changed.Next;
            if (_apps.Events.After(0).FirstOrDefault(told => told.Kind == kind) is { } found)
            {
                return found.Text;
            }

            await next.WaitAsync(Token);
        }
    }

    /// <summary>The timer is set after the note was written, so one push of the clock may come before it.</summary>
    private async Task AdvanceUntilEndedAsync()
    {
        while (!Kinds().Contains(RegistryNews.CoolDownEnded))
        {
            _time.Advance(TimeSpan.FromMinutes(20));
            await Task.Delay(5, Token);
        }
    }
}
