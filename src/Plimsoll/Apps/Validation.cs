using System.Net;
using System.Text.RegularExpressions;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>Pure checks of what people write. All mistakes are collected; each sentence says what to write instead.</summary>
internal static partial class Validation
{
    public const int MostInstances = 50;
    private const int MostVariables = 500;
    private const int LongestValue = 32 * 1024;

    public static Dictionary<string, string> Of(Project project)
    {
        var errors = new Dictionary<string, string>();
        Add(errors, "name", Names.Problem(project.Name));
        if (!ImageReference.TryParse(project.Repository, out var reference, out var problem))
        {
            errors["image"] = project.Repository.Length == 0 ? "An image is needed, for example ghcr.io/acme/shop." : problem!;
        }
        else if (reference!.Digest is not null)
        {
            errors["image"] = "Write the image without a digest; deployments choose it.";
        }

        if (project.Port is < 0 or > 65535)
        {
            errors["port"] = $"{project.Port} is not a port: use 1 to 65535, or 0 for the port that the image exposes.";
        }

        if (project.HealthPath is { } path && (path.Length > 512 || path[0] != '/' || path.Any(char.IsControl) || path.Contains(' ', StringComparison.Ordinal)))
        {
            errors["healthcheck"] = $"'{path}' is not a path: begin with '/' and leave out spaces.";
        }

        if (project.Environment.Count > MostVariables)
        {
            errors["env"] = $"At most {MostVariables} variables.";
        }

        foreach (var (key, value) in project.Environment)
        {
            if (!VariableName().IsMatch(key))
            {
                errors[$"env.{key}"] = $"'{key}' is not a variable name: use letters, digits and '_', not beginning with a digit.";
            }
            else if (value.Length > LongestValue || value.Contains('\0', StringComparison.Ordinal))
            {
                errors[$"env.{key}"] = $"A value has at most {LongestValue} characters and no zero character.";
            }
        }

        return errors;
    }

    /// <param name="siblings">The other stages of the same project.</param>
    public static Dictionary<string, string> Of(Stage stage, IReadOnlyCollection<Stage> siblings)
    {
        var errors = new Dictionary<string, string>();
        Add(errors, "name", Names.Problem(stage.Name));
        if (siblings.Any(sibling => sibling.Name == stage.Name))
        {
            errors["name"] = $"The project already has a stage '{stage.Name}'.";
        }

        Add(errors, "tagPattern", TagPattern.Problem(stage.TagPattern));
        if (stage.MaxInstances is < 1 or > MostInstances)
        {
            errors["maxInstances"] = $"{stage.MaxInstances} does not fit: keep 1 to {MostInstances} instances.";
        }

        if (stage.PromoteFrom is { } source && !siblings.Any(sibling => sibling.Name == source))
        {
            errors["promoteFrom"] = source == stage.Name
                ? "A stage cannot be promoted from itself."
                : $"The project has no stage '{source}' to promote from.";
        }

        if (stage.Subdomain is { } subdomain && (HostNames.Label(subdomain) != subdomain))
        {
            errors["subdomain"] = $"'{subdomain}' is not one DNS label: use at most 63 lower case letters, digits and dashes.";
        }

        return errors;
    }

    public static Dictionary<string, string> Of(Settings settings)
    {
        var errors = new Dictionary<string, string>();
        if (!DomainName().IsMatch(settings.Domain) || settings.Domain.Length > 180)
        {
            errors["domain"] = $"'{settings.Domain}' is not a domain name.";
        }

        if (settings.ServerIp is { } ip && !IPAddress.TryParse(ip, out _))
        {
            errors["serverIp"] = $"'{ip}' is not an IP address.";
        }

        if (!NetworkName().IsMatch(settings.Network))
        {
            errors["network"] = $"'{settings.Network}' is not a name for a network of the engine.";
        }

        if (!settings.SubdomainPattern.Contains("{project}", StringComparison.Ordinal) || !settings.SubdomainPattern.Contains("{stage}", StringComparison.Ordinal))
        {
            errors["subdomainPattern"] = "The pattern needs {stage} and {project}, or two stages would get one name.";
        }

        if (settings.NotificationUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            errors["notificationUrl"] = "Write a whole address that begins with http:// or https://.";
        }

        Range(errors, "pollingSeconds", settings.PollingSeconds, 0, 86_400);
        Range(errors, "healthSeconds", settings.HealthSeconds, 1, 3_600);
        Range(errors, "drainSeconds", settings.DrainSeconds, 0, 3_600);
        Range(errors, "pullSeconds", settings.PullSeconds, 10, 7_200);
        return errors;
    }

    public static Dictionary<string, string> Of(RegistryEntry entry)
    {
        var errors = new Dictionary<string, string>();
        Add(errors, "name", Names.Problem(entry.Name));
        if (!ImageReference.TryParse(entry.Host + "/x", out var reference, out _) || reference!.Registry != entry.Host)
        {
            errors["url"] = $"'{entry.Host}' is not a registry's host, for example ghcr.io or git.example.org:5000.";
        }

        if (!RegistryTypes.All.Contains(entry.Type))
        {
            errors["type"] = $"'{entry.Type}' is not a type of registry: use one of {string.Join(", ", RegistryTypes.All)}.";
        }

        return errors;
    }

    private static void Range(Dictionary<string, string> errors, string field, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            errors[field] = $"{value} does not fit: use {least} to {most} seconds.";
        }
    }

    private static void Add(Dictionary<string, string> errors, string field, string? problem)
    {
        if (problem is not null)
        {
            errors[field] = problem;
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]{0,255}$", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex DomainName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex NetworkName();
}
