using Dapper;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>The newest finding about each container that no stage of ours decides about.</summary>
internal sealed class FindingStore(Store store)
{
    /// <summary>Fires after each commit that changed something.</summary>
    public ChangeSignal Changed { get; } = new();

    public IReadOnlyDictionary<string, ContainerFinding> All() => store.Read(connection =>
        connection.Query<ContainerFinding>("SELECT * FROM container_findings").ToDictionary(finding => finding.Name, StringComparer.Ordinal));

    /// <summary>The earliest time at which one may be judged otherwise; null: none waits.</summary>
    public DateTimeOffset? NextLook() => store.Read(connection =>
        connection.QueryFirstOrDefault<DateTimeOffset?>("SELECT look_again_at FROM container_findings WHERE look_again_at IS NOT NULL ORDER BY look_again_at LIMIT 1"));

    /// <returns>False: a later look has told already.</returns>
    public bool Put(WriteScope scope, ContainerFinding finding)
    {
        scope.AfterCommit(Changed.Notify);
        return scope.Execute(
            """
            INSERT INTO container_findings (name, container_id, image, image_id, tag, current_digest, remote_digest, status, reason_code, reason, rules, checked_at, look_again_at)
            VALUES (@Name, @ContainerId, @Image, @ImageId, @Tag, @current, @remote, @status, @ReasonCode, @Reason, @Rules, @CheckedAt, @LookAgainAt)
            ON CONFLICT (name) DO UPDATE SET
                container_id = excluded.container_id, image = excluded.image, image_id = excluded.image_id, tag = excluded.tag, current_digest = excluded.current_digest,
                remote_digest = excluded.remote_digest, status = excluded.status, reason_code = excluded.reason_code, reason = excluded.reason, rules = excluded.rules,
                checked_at = excluded.checked_at, look_again_at = excluded.look_again_at
            WHERE excluded.checked_at >= container_findings.checked_at
            """,
            new
            {
                finding.Name, finding.ContainerId, finding.Image, finding.ImageId, finding.Tag, current = finding.CurrentDigest?.ToString(), remote = finding.RemoteDigest?.ToString(),
                status = finding.Status.ToString(), finding.ReasonCode, finding.Reason, finding.Rules, finding.CheckedAt, finding.LookAgainAt,
            }) > 0;
    }

    /// <summary>Forgets those that are gone; not those that were found after the engine was asked for its list.</summary>
    public void KeepOnly(WriteScope scope, IReadOnlySet<string> names, DateTimeOffset listedAt)
    {
        foreach (var name in scope.Query<string>("SELECT name FROM container_findings WHERE checked_at <= @listedAt", new { listedAt }).Where(name => !names.Contains(name)))
        {
            scope.Execute("DELETE FROM container_findings WHERE name = @name", new { name });
            scope.AfterCommit(Changed.Notify);
        }
    }

    public static void StopWaiting(WriteScope scope, string name) => scope.Execute("UPDATE container_findings SET look_again_at = NULL WHERE name = @name", new { name });

    /// <returns>True the first time for this container and image.</returns>
    public static bool Tell(WriteScope scope, string name, Digest digest) =>
        scope.Execute("INSERT INTO container_notices (name, digest) VALUES (@name, @digest) ON CONFLICT DO NOTHING", new { name, digest = digest.ToString() }) > 0;
}
