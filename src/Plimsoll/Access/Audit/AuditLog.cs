using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Access.Audit;

/// <summary>
/// The trail of every change: who, from where, what, before and after. Written in the transaction of the change itself,
/// through <see cref="WriteScope.Record"/>. The newest 100,000 lines are kept.
/// </summary>
internal sealed class AuditLog(Store store, IHttpContextAccessor requests, IOptions<JsonOptions> json, TimeProvider time) : IChangeRecorder
{
    /// <summary>Whoever acts without being asked by a request.</summary>
    public const string Itself = "Plimsoll";

    private const int Kept = 100_000;
    private const int TrimEvery = 1_000;

    public void Record(WriteScope scope, Change change)
    {
        var context = requests.HttpContext;
        var (before, after) = AuditView.Of(View(change.Before), View(change.After));
        var id = scope.QuerySingle<long>(
            """
            INSERT INTO audit (at, who, address, action, subject, project, before, after)
            VALUES (@at, @who, @address, @Action, @Subject, @Project, @before, @after)
            RETURNING id
            """,
            new
            {
                at = time.GetUtcNow(),
                who = change.Who ?? context?.User.FindCaller()?.ToString() ?? Itself,
                address = context?.Connection.RemoteIpAddress is { } address ? ClientAddress.Text(address) : null,
                change.Action, change.Subject, change.Project,
                before = AuditEntry.Text(before),
                after = AuditEntry.Text(after),
            });
        if (id % TrimEvery == 0)
        {
            scope.Execute("DELETE FROM audit WHERE id <= @oldest", new { oldest = id - Kept });
        }

        if (context is not null)
        {
            scope.AfterCommit(() => ChangeGuard.MarkRecorded(context));
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<AuditEntry> List(AuditFilter filter) => store.Read(connection => connection.Query<Row>(
        """
        SELECT * FROM audit
        WHERE (@Before IS NULL OR id < @Before) AND (@Project IS NULL OR project = @Project)
          AND (@User IS NULL OR who = @User) AND (@Action IS NULL OR action = @Action)
          AND (@Text IS NULL OR instr(lower(who || ' ' || coalesce(address, '') || ' ' || action || ' ' || subject || ' ' || coalesce(project, '') || ' ' || coalesce(before, '') || ' ' || coalesce(after, '')), lower(@Text)) > 0)
        ORDER BY id DESC LIMIT @Limit
        """,
        filter).Select(row => row.ToEntry()).ToList());

    private JsonNode? View(object? thing) => thing is null ? null : JsonSerializer.SerializeToNode(thing, thing.GetType(), json.Value.SerializerOptions);

    private sealed class Row
    {
        public long Id { get; init; }
        public DateTimeOffset At { get; init; }
        public string Who { get; init; } = "";
        public string? Address { get; init; }
        public string Action { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? Project { get; init; }
        public string? Before { get; init; }
        public string? After { get; init; }

        public AuditEntry ToEntry() => new(Id, At, Who, Address, Action, Subject, Project, AuditEntry.Parse(Before), AuditEntry.Parse(After));
    }
}
