using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Apps.Policies;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Apps;

/// <summary>Settings as rows of key and value, and the one value Plimsoll makes itself: the installation's id.</summary>
internal sealed class SettingsStore(Store store)
{
    private const string InstallationKey = "installation";
    private const string All = "SELECT key, value FROM settings";
    private const string One = "SELECT value FROM settings WHERE key = @key";

    public Settings Read() => From(store.Read(connection => connection.Query<(string, string)>(All).AsList()));

    public Settings Read(WriteScope scope) => From(scope.Query<(string, string)>(All));

    /// <summary>A value that is no setting of a person's own, such as the time of the first import.</summary>
    public static string? Value(WriteScope scope, string key) => scope.QueryFirstOrDefault<string>(One, new { key });

    public static string? Value(SqliteConnection connection, string key) => connection.QueryFirstOrDefault<string>(One, new { key });

    /// <summary>Another one for other settings.</summary>
    public string Revision() => RevisionOf(store.Read(connection => connection.Query<(string, string)>(All).AsList()));

    public static string RevisionIn(WriteScope scope) => RevisionOf(scope.Query<(string, string)>(All));

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
        Put(scope, "stop_seconds", Text(settings.StopSeconds));
        Put(scope, "pull_seconds", Text(settings.PullSeconds));
        Put(scope, "watch_seconds", Text(settings.WatchSeconds));
        Put(scope, "deployment_seconds", Text(settings.DeploymentSeconds));
        Put(scope, "pause_seconds", Text(settings.PauseSeconds));
        Put(scope, "pause_queue", Text(settings.PauseQueue));
        Put(scope, "long_lived", settings.LongLived);
        Put(scope, "keep_deployments", Text(settings.KeepDeployments));
        Put(scope, "minimum_free_megabytes", Text(settings.MinimumFreeMegabytes));
        Put(scope, "include_stopped", settings.IncludeStopped ? "1" : "0");
        Put(scope, "container_policy", settings.Policy.Equals(ContainerPolicy.Default) ? null : JsonSerializer.Serialize(settings.Policy, AppsJson.Default.ContainerPolicy));
    }

    /// <summary>Tells this Plimsoll's containers from those of another Plimsoll on the same engine (docs/decisions/0003).</summary>
    public Task<string> InstallationAsync(CancellationToken cancellationToken) =>
        GetOrMakeAsync(InstallationKey, () => RandomNumberGenerator.GetHexString(16, lowercase: true), cancellationToken);

    public static void Put(WriteScope scope, string key, string? value) =>
        scope.Execute(
            value is null
                ? "DELETE FROM settings WHERE key = @key"
                : "INSERT INTO settings (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            new { key, value });

    private async Task<string> GetOrMakeAsync(string key, Func<string> make, CancellationToken cancellationToken) =>
        // Made once, read ever after: the usual way needs no writer.
        store.Read(connection => Value(connection, key)) ?? await MakeAsync(key, make, cancellationToken);

    private Task<string> MakeAsync(string key, Func<string> make, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            if (Value(scope, key) is { } found)
            {
                return found;
            }

            var made = make();
            Put(scope, key, made);
            return made;
        },
        cancellationToken);

    /// <summary>What Plimsoll makes itself is not part of it.</summary>
    private static string RevisionOf(IEnumerable<(string Key, string Value)> rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', rows.Where(row => row.Key != InstallationKey).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key}={row.Value}")))))[..16];

    private static Settings From(IReadOnlyList<(string Key, string Value)> pairs)
    {
        var rows = pairs.ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);
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
            StopSeconds = Number(rows, "stop_seconds", defaults.StopSeconds),
            PullSeconds = Number(rows, "pull_seconds", defaults.PullSeconds),
            WatchSeconds = Number(rows, "watch_seconds", defaults.WatchSeconds),
            DeploymentSeconds = Number(rows, "deployment_seconds", defaults.DeploymentSeconds),
            PauseSeconds = Number(rows, "pause_seconds", defaults.PauseSeconds),
            PauseQueue = Number(rows, "pause_queue", defaults.PauseQueue),
            LongLived = rows.GetValueOrDefault("long_lived", defaults.LongLived),
            KeepDeployments = Number(rows, "keep_deployments", defaults.KeepDeployments),
            MinimumFreeMegabytes = Number(rows, "minimum_free_megabytes", defaults.MinimumFreeMegabytes),
            IncludeStopped = Number(rows, "include_stopped", defaults.IncludeStopped ? 1 : 0) != 0,
            Policy = rows.TryGetValue("container_policy", out var policy) ? JsonSerializer.Deserialize(policy, AppsJson.Default.ContainerPolicy) ?? ContainerPolicy.Default : ContainerPolicy.Default,
        };
    }

    private static int Number(Dictionary<string, string> rows, string key, int fallback) =>
        rows.TryGetValue(key, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
