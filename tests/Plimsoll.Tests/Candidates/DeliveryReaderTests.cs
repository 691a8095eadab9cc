using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Candidates;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Registry;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Candidates;

public sealed class DeliveryReaderTests : IAsyncLifetime
{
    private readonly RecordingJudge _judge = new();
    private readonly ManualTimeProvider _time = new();
    private readonly RegistryClient _client = Clients.New();
    private AppsStore _apps = null!;
    private TagShelf _shelf = null!;
    private DeliveryStore _inbox = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _apps = await AppsStore.CreateAsync();
        _shelf = await TagShelf.StartAsync("v1", "v2");
        _inbox = new DeliveryStore(_apps.Store, _time);
        await _apps.Store.WriteAsync(scope => _apps.Projects.Add(scope, Given.Project with { Repository = _shelf.Repository }), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _shelf.DisposeAsync();
        await _apps.DisposeAsync();
    }

    [Fact]
    public async Task A_message_that_Plimsoll_stumbles_over_keeps_no_other_from_being_read_and_comes_to_an_end()
    {
        _judge.Fails = candidate => candidate.Artifact.Tag == "v1" ? new InvalidOperationException("a mistake") : null;
        var bad = await AddAsync("v1");
        var good = await AddAsync("v2");
        using var reader = await StartAsync();

        (await UntilAsync(good, delivery => delivery.DecidedAt is not null)).Decision.ShouldBe("deploy");
        var stumbled = await UntilAsync(bad, delivery => delivery.Attempts > 0);
        (stumbled.Decision, stumbled.ReasonCode, stumbled.DecidedAt).ShouldBe(("wait", "internal-error", null));

        await _apps.Store.WriteAsync(scope => scope.Execute("UPDATE deliveries SET attempts = @most WHERE id = @bad", new { most = DeliveryReader.MostAttempts - 1, bad }), Token);
        _time.Advance(TimeSpan.FromHours(1));
        var ended = await UntilAsync(bad, delivery => delivery.DecidedAt is not null);
        (ended.Decision, ended.ReasonCode).ShouldBe(("skip", "internal-error"));
        await reader.StopAsync(Token);
    }

    [Fact]
    public async Task A_registry_that_is_away_is_asked_again_later_and_one_that_says_no_is_not()
    {
        _shelf.BeforeTag = tag => Task.FromResult(tag == "v1" ? 503 : 200);
        var away = await AddAsync("v1");
        var absent = await AddAsync("v9");
        using var reader = await StartAsync();

        var refused = await UntilAsync(absent, delivery => delivery.DecidedAt is not null);
        (refused.Decision, refused.ReasonCode).ShouldBe(("skip", "image-not-found"));
        (await UntilAsync(away, delivery => delivery.Attempts > 0)).ReasonCode.ShouldBe("registry-unreachable");

        _shelf.BeforeTag = _ => Task.FromResult(200);
        _time.Advance(TimeSpan.FromHours(1));
        (await UntilAsync(away, delivery => delivery.DecidedAt is not null)).Decision.ShouldBe("deploy");
        await reader.StopAsync(Token);
    }

    private async Task<string> AddAsync(string tag) => (await _inbox.AddAsync($"{_shelf.Repository}:{tag}", "tests", Token))!.Id;

    private async Task<DeliveryReader> StartAsync()
    {
        var desk = _apps.Desk(_client);
        var autoCreation = new ProjectAutoCreation(_apps.Projects, _apps.Settings, _apps.Changes, desk);
        var reader = new DeliveryReader(_inbox, desk, autoCreation, _judge, _time, NullLogger<DeliveryReader>.Instance);
        await reader.StartAsync(Token);
        return reader;
    }

    private async Task<Delivery> UntilAsync(string id, Func<Delivery, bool> condition)
    {
        while (true)
        {
            var next = _inbox.Changed.Next;
            if (_inbox.Find(id) is { } delivery && condition(delivery))
            {
                return delivery;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(60), Token);
        }
    }
}
