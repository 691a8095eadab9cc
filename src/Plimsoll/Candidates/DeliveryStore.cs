using Dapper;
using Plimsoll.Plumbing;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates;

/// <summary>The inbox of deliveries. Decided ones are kept as a record, the newest 10,000 of them.</summary>
internal sealed class DeliveryStore(Store store, TimeProvider time)
{
    public const int MostUndecided = 2_000;
    private const int Kept = 10_000;
    private int _added;
    private DateTimeOffset? _lastReceived;

    /// <summary>Fires when a delivery came in or something was decided about one.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <returns>Null when the inbox is full.</returns>
    public Task<Delivery?> AddAsync(string image, string sender, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => Room(scope) > 0 ? Add(scope, image, sender) : null, cancellationToken);

    /// <summary>How many more the inbox takes.</summary>
    public static int Room(WriteScope scope) => MostUndecided - scope.QuerySingle<int>("SELECT count(*) FROM deliveries WHERE decided_at IS NULL");

    /// <summary>Whether there is <see cref="Room"/> has been asked.</summary>
    /// <param name="hint">The digest that the sender named.</param>
    /// <param name="projects">The projects that it is for; null: all.</param>
    public Delivery Add(WriteScope scope, string image, string sender, string? hint = null, IReadOnlyCollection<long>? projects = null)
    {
        var now = time.GetUtcNow();
        var delivery = new Delivery
        {
            Id = ShortId.New(), ReceivedAt = NextInstant(scope, now), Image = image, Sender = sender, NextAttemptAt = now, Hint = hint, Projects = Delivery.ProjectsText(projects),
        };
        scope.Execute(
            "INSERT INTO deliveries (id, received_at, image, sender, next_attempt_at, hint, projects) VALUES (@Id, @ReceivedAt, @Image, @Sender, @NextAttemptAt, @Hint, @Projects)", delivery);
        if (++_added % 100 == 0)
        {
            scope.Execute(
                "DELETE FROM deliveries WHERE decided_at IS NOT NULL AND received_at < (SELECT received_at FROM deliveries ORDER BY received_at DESC LIMIT 1 OFFSET @Kept)",
                new { Kept });
        }

        scope.AfterCommit(Changed.Notify);
        return delivery;
    }

    /// <summary>
    /// A delivery of the very same push that is not decided yet: same name, tag, digest and projects. Without a digest nobody can
    /// know that it is the same push: the tag may have moved between the two.
    /// </summary>
    public static string? FindUndecided(WriteScope scope, string image, string hint, IReadOnlyCollection<long>? projects) => scope.QueryFirstOrDefault<string>(
        "SELECT id FROM deliveries WHERE decided_at IS NULL AND image = @image AND hint = @hint AND projects IS @projects ORDER BY received_at LIMIT 1",
        new { image, hint, projects = Delivery.ProjectsText(projects) });

    public Delivery? Find(string id) => store.Read(connection =>
        connection.QueryFirstOrDefault<Delivery>("SELECT * FROM deliveries WHERE id = @id", new { id }));

    /// <summary>Undecided deliveries whose time has come, oldest first.</summary>
    public IReadOnlyList<Delivery> Due(int limit) => store.Read(connection => connection.Query<Delivery>(
        "SELECT * FROM deliveries WHERE decided_at IS NULL AND next_attempt_at <= @now ORDER BY received_at LIMIT @limit",
        new { now = time.GetUtcNow(), limit }).AsList());

    public DateTimeOffset? NextDue() => store.Read(connection =>
        connection.QueryFirstOrDefault<long?>("SELECT min(next_attempt_at) FROM deliveries WHERE decided_at IS NULL")) is { } due
        ? DateTimeOffset.FromUnixTimeMilliseconds(due)
        : null;

    public Task DecideAsync(string id, Judgement judgement, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            scope.Execute(
                """
                UPDATE deliveries
                SET decided_at = @now, next_attempt_at = NULL, attempts = attempts + 1, decision = @decision, reason_code = @ReasonCode,
                    reason = @Reason, deployment_id = @DeploymentId
                WHERE id = @id AND decided_at IS NULL
                """,
                new { id, now = time.GetUtcNow(), decision = judgement.Verdict.ToString().ToLowerInvariant(), judgement.ReasonCode, judgement.Reason, judgement.DeploymentId });
            scope.AfterCommit(Changed.Notify);
        },
        cancellationToken);

    /// <summary>Keeps it in the inbox for another try.</summary>
    public Task PostponeAsync(string id, string reasonCode, string reason, DateTimeOffset until, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            scope.Execute(
                "UPDATE deliveries SET attempts = attempts + 1, next_attempt_at = @until, decision = 'wait', reason_code = @reasonCode, reason = @reason WHERE id = @id AND decided_at IS NULL",
                new { id, until, reasonCode, reason });
            scope.AfterCommit(Changed.Notify);
        },
        cancellationToken);

    /// <summary>Later than that of every message before, also in the same millisecond and when the clock was set back.</summary>
    private DateTimeOffset NextInstant(WriteScope scope, DateTimeOffset now)
    {
        var last = _lastReceived ?? scope.QueryFirstOrDefault<DateTimeOffset?>("SELECT received_at FROM deliveries ORDER BY received_at DESC LIMIT 1");
        // The store keeps whole milliseconds.
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        _lastReceived = instant > last || last is null ? instant : last.Value.AddMilliseconds(1);
        return _lastReceived.Value;
    }
}
