using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Database;

/// <summary>Files of the store that somebody deletes or replaces while it is in use.</summary>
public sealed class DeletedLogTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Store _store;

    public DeletedLogTests() => _store = new Store(StorePath);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string StorePath => Path.Combine(_folder.Path, "plimsoll.db");

    private string Log => StorePath + "-wal";

    private string Index => StorePath + "-shm";

    public async ValueTask InitializeAsync()
    {
        await _store.WriteAsync(scope => scope.Execute("CREATE TABLE notes (text TEXT NOT NULL)"), Token);
        await AddAsync("before");
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Who_finds_it_is_refused_and_all_that_was_in_it_is_in_the_store_by_then(bool log, bool index)
    {
        Delete(log, index);

        var refused = await Should.ThrowAsync<StoreUnavailableException>(() => AddAsync("refused"));

        refused.Message.ShouldContain("was deleted or replaced while Plimsoll runs");
        refused.Message.ShouldContain("nothing is lost: try again");
        (await NotesOfAnotherProcessAsync()).ShouldBe(["before"], "without any log beside it");
        await AddAsync("after");
        Notes().ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task A_look_is_enough_to_save_it()
    {
        Delete(log: true, index: true);

        Should.Throw<StoreUnavailableException>(_store.Look);

        (await NotesOfAnotherProcessAsync()).ShouldBe(["before"]);
        Should.NotThrow(_store.Look);
    }

    [Fact]
    public async Task It_may_happen_again_and_again_under_many_readers_and_writers()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var written = new List<string>();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadUntilAsync(over.Token), Token)).ToList();

        for (var number = 0; number < 200; number++)
        {
            if (number % 10 == 5)
            {
                Delete(log: true, index: number % 20 == 5);
            }

            var text = $"note {number}";
            try
            {
                await AddAsync(text);
                written.Add(text);
            }
            catch (StoreUnavailableException)
            {
                // Refused: it must not be there.
            }
        }

        await over.CancelAsync();
        await Task.WhenAll(readers);
        await ReadAgainAsync();
        Notes().ShouldBe(["before", .. written]);
        _store.Read(connection => connection.QuerySingle<string>("PRAGMA integrity_check")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_log_that_was_deleted_within_a_transaction_takes_nothing_with_it()
    {
        await Should.ThrowAsync<StoreUnavailableException>(() => _store.WriteAsync(
            scope =>
            {
                scope.Execute("INSERT INTO notes VALUES ('within')");
                Delete(log: true, index: true);
            },
            Token));

        await ReadAgainAsync();
        Notes().ShouldBe(["before"]);
    }

    [Fact]
    public async Task A_stop_saves_what_nobody_had_found_missing_yet()
    {
        Delete(log: true, index: true);

        await _store.DisposeAsync();

        await using var next = new Store(StorePath);
        next.Read(connection => connection.Query<string>("SELECT text FROM notes").AsList()).ShouldBe(["before"]);
    }

    [Fact]
    public async Task Another_log_in_its_place_is_set_aside_and_not_mixed_in()
    {
        await File.WriteAllTextAsync(Log + ".other", new string('x', 8192), Token);
        File.Move(Log + ".other", Log, overwrite: true);

        Should.Throw<StoreUnavailableException>(_store.Look);

        Notes().ShouldBe(["before"]);
        (await File.ReadAllTextAsync(Log + ".set-aside", Token)).ShouldStartWith("xxx");
    }

    [Fact]
    public async Task A_store_that_was_moved_away_is_refused_until_it_is_back()
    {
        File.Move(StorePath, StorePath + ".moved");

        var refused = await Should.ThrowAsync<StoreUnavailableException>(() => AddAsync("refused"));
        Should.Throw<StoreUnavailableException>(_store.Look);
        File.Exists(StorePath).ShouldBeFalse("no empty store is made in its place");

        refused.Message.ShouldContain("Put it back");
        File.Move(StorePath + ".moved", StorePath);
        await AddAsync("after");
        Notes().ShouldBe(["before", "after"]);
    }

    private async Task ReadUntilAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                Notes()[0].ShouldBe("before");
            }
            catch (StoreUnavailableException)
            {
                await Task.Yield();
            }
        }
    }

    private Task ReadAgainAsync()
    {
        try
        {
            _store.Look();
        }
        catch (StoreUnavailableException)
        {
            // Found and mended by this look.
        }

        return Task.CompletedTask;
    }

    private void Delete(bool log, bool index)
    {
        if (log)
        {
            File.Delete(Log);
        }

        if (index)
        {
            File.Delete(Index);
        }
    }

    private Task AddAsync(string text) => _store.WriteAsync(scope => scope.Execute("INSERT INTO notes VALUES (@text)", new { text }), Token);

    private List<string> Notes() => _store.Read(connection => connection.Query<string>("SELECT text FROM notes ORDER BY rowid").AsList());

    /// <summary>A copy of the file alone: what is there when this process is killed now.</summary>
    private async Task<List<string>> NotesOfAnotherProcessAsync()
    {
        var copy = Path.Combine(_folder.Path, "copy.db");
        File.Copy(StorePath, copy);
        await using var other = new Store(copy);
        return other.Read(connection => connection.Query<string>("SELECT text FROM notes").AsList());
    }
}
