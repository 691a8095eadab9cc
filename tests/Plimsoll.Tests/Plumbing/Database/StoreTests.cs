using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Plumbing.Database;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Database;

public sealed class StoreTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Store _store;

    public StoreTests() => _store = new Store(Path.Combine(_folder.Path, "plimsoll.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await _store.WriteAsync(scope => scope.Execute("CREATE TABLE counter (value INTEGER NOT NULL); INSERT INTO counter VALUES (0)"), Token);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Writes_run_one_after_another_and_none_is_lost()
    {
        var inside = 0;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            () => _store.WriteAsync(
                scope =>
                {
                    Interlocked.Increment(ref inside).ShouldBe(1);
                    var value = scope.QuerySingle<int>("SELECT value FROM counter");
                    scope.Execute("UPDATE counter SET value = @next", new { next = value + 1 });
                    Interlocked.Decrement(ref inside);
                },
                Token),
            Token)));

        Counter().ShouldBe(20);
    }

    [Fact]
    public async Task A_write_that_throws_leaves_nothing_behind_and_tells_nobody()
    {
        var wasTold = false;

        await Should.ThrowAsync<InvalidTimeZoneException>(() => _store.WriteAsync(
            scope =>
            {
                scope.Execute("UPDATE counter SET value = 99");
                scope.AfterCommit(() => wasTold = true);
                throw new InvalidTimeZoneException();
            },
            Token));

        Counter().ShouldBe(0);
        wasTold.ShouldBeFalse();
        await Set(1);
        Counter().ShouldBe(1, "the next writer has its turn");
    }

    [Fact]
    public async Task Signals_are_given_when_the_change_can_be_seen_by_everybody()
    {
        var seenInside = -1;
        var seenAfterwards = -1;

        await _store.WriteAsync(
            scope =>
            {
                scope.Execute("UPDATE counter SET value = 7");
                scope.AfterCommit(() => seenAfterwards = Counter());
                seenInside = Counter();
            },
            Token);

        seenInside.ShouldBe(0, "a reader sees the state of before while a write is under way, and does not wait for it");
        seenAfterwards.ShouldBe(7);
    }

    [Fact]
    public async Task Readers_run_side_by_side()
    {
        using var both = new Barrier(2);

        var reads = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () => _store.Read(connection =>
            {
                var value = connection.QuerySingle<int>("SELECT value FROM counter");
                return both.SignalAndWait(TimeSpan.FromSeconds(30)) ? value : -1;
            }),
            Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        reads.ShouldBe([0, 0]);
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_a_turn_writes_nothing()
    {
        using var go = new ManualResetEventSlim();
        var holds = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holder = Task.Run(
            () => _store.WriteAsync(
                _ =>
                {
                    holds.SetResult();
                    go.Wait(Token);
                },
                Token),
            Token);
        await holds.Task.WaitAsync(Token);
        using var patience = new CancellationTokenSource();
        var waiting = _store.WriteAsync(scope => scope.Execute("UPDATE counter SET value = 99"), patience.Token);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        go.Set();
        await holder;
        Counter().ShouldBe(0);
    }

    [Fact]
    public async Task A_damaged_file_is_told_as_one()
    {
        var path = _folder.Write("damaged.db", new string('x', 8192));
        await using var damaged = new Store(path);

        var problem = Should.Throw<StoreUnavailableException>(() => damaged.Read(connection => connection.QuerySingle<int>("SELECT 1")));

        problem.Message.ShouldContain(path);
        problem.Message.ShouldContain("restore a backup");
    }

    [Fact]
    public async Task A_mistake_in_a_statement_is_not_blamed_on_the_store() =>
        await Should.ThrowAsync<SqliteException>(() => _store.WriteAsync(scope => scope.Execute("SELEKT 1"), Token));

    private int Counter() => _store.Read(connection => connection.QuerySingle<int>("SELECT value FROM counter"));

    private Task Set(int value) => _store.WriteAsync(scope => scope.Execute("UPDATE counter SET value = @value", new { value }), Token);
}
