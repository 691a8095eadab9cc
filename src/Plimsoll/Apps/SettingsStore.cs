using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Apps;

/// <summary>Settings as rows of key and value, and the two values Plimsoll makes itself: the webhook's secret and the installation's id.</summary>
internal sealed class SettingsStore(Store store)
{
    private const string WebhookSecretKey = "webhook_secret";
    private const string InstallationKey = "installation";

    public Settings Read()
    {
        var rows = store.Read(connection => connection.Query<(string Key, string Value)>("SELECT key, value FROM settings"))
            .ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);
        var defaults = new Settings();
        return new Settings
        {
            Domain = rows.GetValueOrDefault("domain", defaults.Domain),
            ServerIp = rows.GetValueOrDefault("server_ip"),
            Network = rows.GetValueOrDefault("network", defaults.Network),
            SubdomainPattern = rows.GetValueOrDefault("subdomain_pattern", defaults.SubdomainPattern),
            NotificationUrl = rows.GetValueOrDefault("notification_url"),
            PollingSeconds = Number(rows, "polling_seconds", defaults.PollingSeconds),
            AutoCreateProjects = Number(rows, "auto_create_projects", defaults.AutoCreateProjects ? 1 : 0) != 0,
            HealthSeconds = Number(rows, "health_seconds", defaults.HealthSeconds),
            DrainSeconds = Number(rows, "drain_seconds", defaults.DrainSeconds),
            PullSeconds = Number(rows, "pull_seconds", defaults.PullSeconds),
        };
    }

    public void Write(WriteScope scope, Settings settings)
    {
        Put(scope, "domain", settings.Domain);
        Put(scope, "server_ip", settings.ServerIp);
        Put(scope, "network", settings.Network);
        Put(scope, "subdomain_pattern", settings.SubdomainPattern);
        Put(scope, "notification_url", settings.NotificationUrl);
        Put(scope, "polling_seconds", Text(settings.PollingSeconds));
        Put(scope, "auto_create_projects", settings.AutoCreateProjects ? "1" : "0");
        Put(scope, "health_seconds", Text(settings.HealthSeconds));
        Put(scope, "drain_seconds", Text(settings.DrainSeconds));
        Put(scope, "pull_seconds", Text(settings.PullSeconds));
    }

    /// <summary>122 random bits: who knows the address may say "look at this image".</summary>
    public Task<string> WebhookSecretAsync(CancellationToken cancellationToken) =>
        GetOrMakeAsync(WebhookSecretKey, () => Guid.NewGuid().ToString(), cancellationToken);

    public Task<string> RegenerateWebhookSecretAsync(CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var secret = Guid.NewGuid().ToString();
            Put(scope, WebhookSecretKey, secret);
            return secret;
        },
        cancellationToken);

    /// <summary>Tells this Plimsoll's containers from those of another Plimsoll on the same engine (docs/decisions/0003).</summary>
    public Task<string> InstallationAsync(CancellationToken cancellationToken) =>
        GetOrMakeAsync(InstallationKey, () => RandomNumberGenerator.GetHexString(16, lowercase: true), cancellationToken);

    private Task<string> GetOrMakeAsync(string key, Func<string> make, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var found = scope.QueryFirstOrDefault<string>("SELECT value FROM settings WHERE key = @key", new { key });
            if (found is not null)
            {
                return found;
            }

            var made = make();
            Put(scope, key, made);
            return made;
        },
        cancellationToken);

    private static void Put(WriteScope scope, string key, string? value) =>
        scope.Execute(
            value is null
                ? "DELETE FROM settings WHERE key = @key"
                : "INSERT INTO settings (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            new { key, value });

    private static int Number(Dictionary<string, string> rows, string key, int fallback) =>
        rows.TryGetValue(key, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
