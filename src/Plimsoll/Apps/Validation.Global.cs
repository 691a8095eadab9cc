using System.Net;
using System.Text.RegularExpressions;

namespace Plimsoll.Apps;

/// <summary>The checks of what holds for every project: settings and registries.</summary>
internal static partial class Validation
{
    private const int LongestPattern = 200;
    private const int LongestAddress = 2_000;
    private const int LongestUsername = 255;
    private const int LongestToken = 16 * 1024;
    private const int MostConcurrency = 64;
    private const int LongestPauseQueue = 10_000;

    public static Dictionary<string, string> Of(Settings settings)
    {
        var errors = new Dictionary<string, string>();
        if (!DomainName().IsMatch(settings.Domain) || settings.Domain.Length > 180)
        {
            errors["domain"] = $"'{settings.Domain}' is not a domain name.";
        }

        // The parser also takes "1" for 0.0.0.1, which nobody means.
        if (settings.ServerIp is { } ip && !(IPAddress.TryParse(ip, out _) && ip.AsSpan().IndexOfAny('.', ':') >= 0))
        {
            errors["serverIp"] = $"'{ip}' is not an IP address.";
        }

        if (!NetworkName().IsMatch(settings.Network))
        {
            errors["network"] = $"'{settings.Network}' is not a name for a network of the engine.";
        }
        else if (settings.Network is "bridge" or "host" or "none")
        {
            errors["network"] = $"'{settings.Network}' is the engine's own and gives containers no names: use any other name, and Plimsoll makes the network.";
        }

        if (!settings.SubdomainPattern.Contains("{project}", StringComparison.Ordinal) || !settings.SubdomainPattern.Contains("{stage}", StringComparison.Ordinal))
        {
            errors["subdomainPattern"] = "The pattern needs {stage} and {project}, or two stages would get one name.";
        }
        else if (settings.SubdomainPattern.Length > LongestPattern)
        {
            errors["subdomainPattern"] = $"The pattern has at most {LongestPattern} characters.";
        }

        Add(errors, "notificationUrl", settings.NotificationUrl is { } url ? WebAddressProblem(url) : null);
        Range(errors, "pollingSeconds", settings.PollingSeconds, 0, 86_400);
        Range(errors, "healthSeconds", settings.HealthSeconds, 1, 3_600);
        Range(errors, "drainSeconds", settings.DrainSeconds, 0, 3_600);
        Range(errors, "stopSeconds", settings.StopSeconds, 1, LongestStop);
        Range(errors, "pullSeconds", settings.PullSeconds, 10, 7_200);
        Range(errors, "watchSeconds", settings.WatchSeconds, 0, 3_600);
        Range(errors, "deploymentSeconds", settings.DeploymentSeconds, 30, 86_400);
        Range(errors, "pauseSeconds", settings.PauseSeconds, 1, LongestPause);
        Range(errors, "pauseQueue", settings.PauseQueue, 0, LongestPauseQueue, "requests");
        if (!LongLivedPolicies.All.Contains(settings.LongLived))
        {
            errors["longLived"] = $"'{settings.LongLived}' is not a policy: use one of {string.Join(", ", LongLivedPolicies.All)}.";
        }

        Range(errors, "keepDeployments", settings.KeepDeployments, 1, 100, "deployments");
        Range(errors, "minimumFreeMegabytes", settings.MinimumFreeMegabytes, 0, 1_000_000_000, "MiB");
        foreach (var (field, problem) in settings.Policy.Problems())
        {
            errors[$"policy.{field}"] = problem;
        }

        return errors;
    }

    public static Dictionary<string, string> Of(RegistryEntry entry)
    {
        var errors = new Dictionary<string, string>();
        Add(errors, "name", Names.Problem(entry.Name));
        Add(errors, "url", RegistryAddress.Problem(entry.Host));
        if (!RegistryTypes.All.Contains(entry.Type))
        {
            errors["type"] = $"'{entry.Type}' is not a type of registry: use one of {string.Join(", ", RegistryTypes.All)}.";
        }

        Add(errors, "ca", entry.Authorities is { } authorities && !CertificateText.IsNormal(authorities) ? CertificateText.NoCertificate : null);
        if (entry.RealmHost is { } realmHost && !IsHostAndPort(realmHost))
        {
            errors["realmHost"] = $"'{Shortened(realmHost)}' is not a host: write it like auth.example.org or 10.0.0.5:3000, without https:// and path.";
        }

        if (entry.RequestsPerSecond is { } pace && !(pace is >= 0.1 and <= 1_000))
        {
            errors["requestsPerSecond"] = "Use 0.1 to 1000 requests a second, or nothing for what the type says.";
        }

        if (entry.Concurrency is { } concurrency && concurrency is < 1 or > MostConcurrency)
        {
            errors["concurrency"] = $"Use 1 to {MostConcurrency} requests at the same moment, or nothing for what the type says.";
        }

        if (entry.AwsRegion is { } region && !EcrHost.IsRegion(region))
        {
            errors["awsRegion"] = "This is not a region of Amazon's, such as eu-central-1.";
        }
        else if (entry.FetchesFromAmazon && entry.AwsRegion is null && EcrHost.Parse(entry.Host) is null)
        {
            errors["awsRegion"] = "The address does not tell the region: write it here, for example eu-central-1.";
        }

        if (entry.Username is { } username && (username.Length > LongestUsername || username.Any(c => char.IsControl(c) || c == ':')))
        {
            errors["username"] = $"A user name has at most {LongestUsername} characters, and no ':' among them.";
        }

        if (entry.Token is { } token && (token.Length > LongestToken || token.Any(char.IsControl)))
        {
            errors["token"] = $"A token has at most {LongestToken} characters, all in one line.";
        }

        return errors;
    }

    /// <summary>The sentence that says why this is not a web address, or null. It does not repeat the address, which may hold a secret.</summary>
    public static string? WebAddressProblem(string text) =>
        text.Length <= LongestAddress && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? null
            : "Write a whole address that begins with http:// or https://.";

    private static bool IsHostAndPort(string text) => RegistryAddress.Problem(RegistryAddress.Canonical(text + (text.Contains(':', StringComparison.Ordinal) ? "" : ":443"))) is null;

    private static string Shortened(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private static void Range(Dictionary<string, string> errors, string field, int value, int least, int most, string unit = "seconds")
    {
        if (value < least || value > most)
        {
            errors[field] = $"{value} does not fit: use {least} to {most} {unit}.";
        }
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DomainName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NetworkName();
}
