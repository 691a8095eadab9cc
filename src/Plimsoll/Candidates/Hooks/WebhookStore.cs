using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Candidates.Hooks;

/// <summary>Webhooks in the store. Both secrets are sealed; the address is found by its hash.</summary>
internal sealed class WebhookStore(Store store, SecretBox secrets, TimeProvider time)
{
    private const string AddressPurpose = "webhook address";
    private const string SigningPurpose = "webhook signing secret";
    private const string OldSettingsKey = "webhook_secret";
    private const string Columns = "id, name, secret_sealed, signing_sealed, registry, restricted, enabled, created_at";

    public IReadOnlyList<Webhook> List() => store.Read(connection =>
        connection.Query<Row>($"SELECT {Columns} FROM webhooks ORDER BY name <> @first, name", new { first = Webhook.Default }).Select(row => Open(connection, row)).ToList());

    /// <param name="idOrName">A number or a name.</param>
    public Webhook? Find(string idOrName) => Find("name = @idOrName OR id = @id", new { idOrName, id = long.TryParse(idOrName, out var id) ? id : -1 });

    public Webhook? Find(long id) => Find("id = @id", new { id });

    /// <param name="secret">The last part of an address, as somebody sent it.</param>
    public Webhook? FindBySecret(string secret) => Secret.HashOf(secret) is { } hash ? Find("secret_hash = @hash", new { hash }) : null;

    public Webhook? FindIn(WriteScope scope, long id) => Find(scope.Connection, "id = @id", new { id });

    public Webhook? FindIn(WriteScope scope, string name) => Find(scope.Connection, "name = @name", new { name });

    public static string? RevisionIn(WriteScope scope, long id) => scope.QueryFirstOrDefault<string>("SELECT revision FROM webhooks WHERE id = @id", new { id });

    public string? Revision(long id) => store.Read(connection => connection.QueryFirstOrDefault<string>("SELECT revision FROM webhooks WHERE id = @id", new { id }));

    public static int Count(WriteScope scope) => scope.QuerySingle<int>("SELECT count(*) FROM webhooks");

    public static bool NameExists(WriteScope scope, string name, long exceptId) =>
        scope.QueryFirstOrDefault<long?>("SELECT id FROM webhooks WHERE name = @name AND id <> @exceptId", new { name, exceptId }) is not null;

    public long Add(WriteScope scope, Webhook webhook)
    {
        var id = scope.QuerySingle<long>(
            """
            INSERT INTO webhooks (name, secret_hash, secret_sealed, signing_sealed, registry, restricted, enabled, created_at)
            VALUES (@Name, @hash, @secret, @signing, @Registry, @restricted, @Enabled, @now)
            RETURNING id
            """,
            Parameters(webhook, time.GetUtcNow()));
        ProjectScopes.Write(scope, ProjectScopes.OfWebhook, id, webhook.Projects);
        return id;
    }

    public void Update(WriteScope scope, Webhook webhook)
    {
        scope.Execute(
            """
            UPDATE webhooks SET name = @Name, secret_hash = @hash, secret_sealed = @secret, signing_sealed = @signing, registry = @Registry,
                restricted = @restricted, enabled = @Enabled
            WHERE id = @Id
            """,
            Parameters(webhook, webhook.CreatedAt));
        ProjectScopes.Write(scope, ProjectScopes.OfWebhook, webhook.Id, webhook.Projects);
    }

    public static void Remove(WriteScope scope, long id) => scope.Execute("DELETE FROM webhooks WHERE id = @id", new { id });

    /// <summary>Makes the first webhook, with the address that the settings held if they did, so that nobody has to be told another.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            if (FindIn(scope, Webhook.Default) is null)
            {
                Add(scope, new Webhook { Name = Webhook.Default, Secret = SettingsStore.Value(scope, OldSettingsKey) ?? Webhook.NewSecret() });
                SettingsStore.Put(scope, OldSettingsKey, null);
            }
        },
        cancellationToken);

    /// <summary>The webhook that is always there.</summary>
    public async Task<Webhook> DefaultAsync(CancellationToken cancellationToken)
    {
        if (Find(Webhook.Default) is { } found)
        {
            return found;
        }

        await PrepareAsync(cancellationToken);
        return Find(Webhook.Default)!;
    }

    private Webhook? Find(string where, object parameters) => store.Read(connection => Find(connection, where, parameters));

    private Webhook? Find(SqliteConnection connection, string where, object parameters) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM webhooks WHERE {where} LIMIT 1", parameters) is { } row ? Open(connection, row) : null;

    private object Parameters(Webhook webhook, DateTimeOffset now) => new
    {
        webhook.Id,
        webhook.Name,
        hash = Secret.HashOf(webhook.Secret) ?? throw new InvalidOperationException("The secret of a webhook has to fit into an address."),
        secret = secrets.Seal(webhook.Secret, AddressPurpose),
        signing = webhook.SigningSecret is { } signing ? secrets.Seal(signing, SigningPurpose) : null,
        webhook.Registry,
        restricted = webhook.Projects is not null,
        webhook.Enabled,
        now,
    };

    private Webhook Open(SqliteConnection connection, Row row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Secret = secrets.Open(row.SecretSealed, AddressPurpose),
        SigningSecret = row.SigningSealed is null ? null : secrets.Open(row.SigningSealed, SigningPurpose),
        Registry = row.Registry,
        Projects = row.Restricted ? ProjectScopes.Read(connection, ProjectScopes.OfWebhook, row.Id) : null,
        Enabled = row.Enabled,
        CreatedAt = row.CreatedAt,
    };

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public byte[] SecretSealed { get; init; } = [];
        public byte[]? SigningSealed { get; init; }
        public string? Registry { get; init; }
        public bool Restricted { get; init; }
        public bool Enabled { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }
}
