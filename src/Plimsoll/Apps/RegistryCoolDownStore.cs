using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>Cool-downs in the store: a restart is no reason to ask a registry again that wants to be left alone.</summary>
internal sealed class RegistryCoolDownStore(Store store, TimeProvider time)
{
    public IReadOnlyList<RegistryCoolDown> List() => store.Read(connection => connection
        .Query<Row>("SELECT host, until, reason FROM registry_cool_downs")
        .Select(row => new RegistryCoolDown(row.Host, row.Until, row.Reason))
        .ToList());

    /// <returns>Whether there was none for this host before.</returns>
    public bool Put(WriteScope scope, RegistryCoolDown coolDown)
    {
        var isNew = scope.QueryFirstOrDefault<string>("SELECT host FROM registry_cool_downs WHERE host = @Registry", coolDown) is null;
        scope.Execute(
            """
            INSERT INTO registry_cool_downs (host, until, reason, began_at) VALUES (@Registry, @Until, @Reason, @now)
            ON CONFLICT (host) DO UPDATE SET until = @Until, reason = @Reason
            """,
            new { coolDown.Registry, coolDown.Until, coolDown.Reason, now = time.GetUtcNow() });
        return isNew;
    }

    public void Remove(WriteScope scope, string host) => scope.Execute("DELETE FROM registry_cool_downs WHERE host = @host", new { host });

    private sealed class Row
    {
        public string Host { get; init; } = "";
        public DateTimeOffset Until { get; init; }
        public string Reason { get; init; } = "";
    }
}
