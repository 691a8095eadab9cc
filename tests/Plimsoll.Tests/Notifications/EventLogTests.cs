using Dapper;
using Microsoft.Extensions.Logging;
using Plimsoll.Notifications;
using Plimsoll.Plumbing.Events;
using Plimsoll.Tests.Access;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Notifications;

public sealed class EventLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_of_a_change_that_was_rolled_back_never_happened()
    {
        await using var apps = await AppsStore.CreateAsync();
        var next = apps.Events.Changed.Next;

        await Should.ThrowAsync<InvalidTimeZoneException>(() => apps.Store.WriteAsync(
            scope =>
            {
                apps.Events.Append(scope, "something", "happened");
                throw new InvalidTimeZoneException();
            },
            Token));

        apps.Events.After(0).ShouldBeEmpty();
        next.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task They_are_found_by_stage_by_kind_and_by_words_in_both_directions()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Store.WriteAsync(
            scope =>
            {
                apps.Events.Append(scope, "one", "Something Happened", "shop", "rel");
                apps.Events.Append(scope, "two", "nothing did", "shop", "dev");
                apps.Events.Append(scope, "two", "something else", "mail", "rel");
            },
            Token);

        Found(new EventFilter(Stage: "rel")).ShouldBe([1, 3]);
        Found(new EventFilter(Project: "shop", Stage: "rel")).ShouldBe([1]);
        Found(new EventFilter(Kind: "two")).ShouldBe([2, 3]);
        Found(new EventFilter(Text: "something")).ShouldBe([1, 3]);
        Found(new EventFilter(Text: "something", Projects: ["shop"])).ShouldBe([1]);
        Found(new EventFilter(Text: "MAIL/rel")).ShouldBe([3]);

        IReadOnlyList<long> Found(EventFilter filter)
        {
            IReadOnlyList<long> found = [.. apps.Events.After(0, filter).Select(one => one.Id)];
            apps.Events.Before(long.MaxValue, 10, filter).Select(one => one.Id).Reverse().ShouldBe(found);
            return found;
        }
    }

    [Fact]
    public async Task The_oldest_are_dropped_beyond_the_limit()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Store.WriteAsync(
            scope => scope.Execute("INSERT INTO events (id, at, kind, text) VALUES (1, 0, 'old', ''), (1000, 0, 'old', ''), (1001, 0, 'kept', ''), (100999, 0, 'kept', '')"), Token);

        await apps.Store.WriteAsync(scope => apps.Events.Append(scope, "new", ""), Token);

        apps.Store.Read(connection => connection.Query<string>("SELECT kind FROM events ORDER BY id").AsList()).ShouldBe(["kept", "kept", "new"]);
    }

    [Fact]
    public async Task Of_very_many_events_at_once_none_is_left_until_the_next_one_comes()
    {
        await using var apps = await AppsStore.CreateAsync();
        var log = new CollectedLog();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        using var logger = new EventLogger(apps.Events, TimeProvider.System, loggers.CreateLogger<EventLogger>());
        await logger.StartAsync(Token);
        var many = (2 * EventLog.MostPerRead) + 1;

        await apps.Store.WriteAsync(
            scope =>
            {
                for (var number = 1; number <= many; number++)
                {
                    apps.Events.Append(scope, "counted", $"event {number}");
                }
            },
            Token);

        while (log.Lines.Count < many)
        {
            await Task.Delay(5, Token);
        }

        log.Lines.Last().Text.ShouldBe($"event {many}");
        await logger.StopAsync(Token);
    }
}
