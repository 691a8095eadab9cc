using System.Globalization;
using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Database;

public sealed class MigrationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string StorePath => Path.Combine(_folder.Path, "plimsoll.db");

    /// <summary>The numbers of the scripts in the program, in order.</summary>
    private static IReadOnlyList<int> Numbers => [.. typeof(Migrations).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Select(name => int.Parse(name.Split("Migrations.")[1][..4], CultureInfo.InvariantCulture))
        .Order()];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_store_gets_every_script_once()
    {
        await using var store = new Store(StorePath);

        (await Migrations.ApplyAsync(store, Token)).ShouldBe(Numbers[^1]);
        (await Migrations.ApplyAsync(store, Token)).ShouldBe(Numbers[^1], "the second time there is nothing to do");

        Version(store).ShouldBe(Numbers[^1]);
        Tables(store).ShouldContain("deployments");
    }

    /// <summary>Of two scripts with one number the second one would never run.</summary>
    [Fact]
    public void No_number_is_used_twice() => Numbers.ShouldBeUnique();

    [Fact]
    public async Task A_newer_store_is_refused_with_both_versions_named_and_not_one_byte_changed()
    {
        await using (var newer = new Store(StorePath))
        {
            await Migrations.ApplyAsync(newer, Token);
            await newer.WriteAsync(scope => scope.Execute("PRAGMA user_version = 999"), Token);
        }

        var before = await File.ReadAllBytesAsync(StorePath, Token);
        NewerStoreException refused;
        await using (var store = new Store(StorePath))
        {
            refused = await Should.ThrowAsync<NewerStoreException>(() => Migrations.ApplyAsync(store, Token));
        }

        refused.Message.ShouldContain("version 999");
        refused.Message.ShouldContain(Numbers[^1].ToString(CultureInfo.InvariantCulture));
        (await File.ReadAllBytesAsync(StorePath, Token)).ShouldBe(before);
        Directory.GetFiles(_folder.Path).ShouldBe([StorePath]);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_the_version_and_none_of_its_tables()
    {
        await using var store = new Store(StorePath);
        await store.WriteAsync(scope => scope.Execute("CREATE TABLE events (in_the_way TEXT)"), Token);

        await Should.ThrowAsync<Exception>(() => Migrations.ApplyAsync(store, Token));

        Version(store).ShouldBe(0);
        Tables(store).ShouldBe(["events"]);
    }

    private static int Version(Store store) => store.Read(connection => connection.QuerySingle<int>("PRAGMA user_version"));

    private static IReadOnlyList<string> Tables(Store store) =>
        store.Read(connection => connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").AsList());
}
