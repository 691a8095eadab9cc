using System.Text.RegularExpressions;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>Pure checks of what people write. All mistakes are collected; each sentence says what to write instead.</summary>
internal static partial class Validation
{
    public const int MostInstances = 50;
    public const int MostStages = 50;
    private const int MostVariables = 500;
    private const int LongestValue = 32 * 1024;
    private const int LongestEnvironment = 256 * 1024;
    private const int LongestHealthPath = 512;
    private const int LongestPause = 3_600;
    private const int LongestMaintenanceMessage = 500;

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
        else if (reference.Tag is not null)
        {
            errors["image"] = $"Write the image without the tag ':{reference.Tag}'; the tag patterns of the stages choose it.";
        }

        if (project.Port is < 0 or > 65535)
        {
            errors["port"] = $"{project.Port} is not a port: use 1 to 65535, or 0 for the port that the image exposes.";
        }

        Add(errors, "healthcheck", project.HealthPath is { } path ? HealthPathProblem(path) : null);
        Check(project.Health, errors);
        if (project.Environment.Count > MostVariables)
        {
            errors["env"] = $"At most {MostVariables} variables.";
        }
        else if (project.Environment.Sum(pair => (long)pair.Key.Length + pair.Value.Length) > LongestEnvironment)
        {
            errors["env"] = $"All variables together have at most {LongestEnvironment} characters.";
        }

        foreach (var (key, value) in project.Environment)
        {
            if (!VariableName().IsMatch(key))
            {
                errors[$"env.{key}"] = $"'{key}' is not a variable name: use letters, digits, '_', '.' and '-', beginning with a letter or '_'.";
            }
            else if (value.Length > LongestValue || value.Contains('\0', StringComparison.Ordinal))
            {
                errors[$"env.{key}"] = $"A value has at most {LongestValue} characters and no zero character.";
            }
        }

        return errors;
    }

    /// <summary>The stages of a new project, each error under <c>stages.{name}.{field}</c>.</summary>
    public static Dictionary<string, string> Of(IReadOnlyList<Stage> stages)
    {
        var errors = new Dictionary<string, string>();
        if (stages.Count > MostStages)
        {
            errors["stages"] = TooManyStages;
            return errors;
        }

        for (var index = 0; index < stages.Count; index++)
        {
            var label = stages[index].Name.Length > 0 ? stages[index].Name : $"{index}";
            foreach (var (field, message) in Of(stages[index], [.. stages.Where((_, other) => other != index)]))
            {
                errors[$"stages.{label}.{field}"] = message;
            }
        }

        return errors;
    }

    /// <param name="siblings">The other stages of the same project.</param>
    public static Dictionary<string, string> Of(Stage stage, IReadOnlyCollection<Stage> siblings)
    {
        var errors = new Dictionary<string, string>();
        Add(errors, "name", siblings.Count < MostStages ? Names.Problem(stage.Name) : TooManyStages);
        if (siblings.Any(sibling => sibling.Name == stage.Name))
        {
            errors["name"] = $"The project already has a stage '{stage.Name}'.";
        }

        Add(errors, "tagPattern", TagPattern.Problem(stage.TagPattern));
        if (stage.MaxInstances is < 1 or > MostInstances)
        {
            errors["maxInstances"] = $"{stage.MaxInstances} does not fit: keep 1 to {MostInstances} instances.";
        }

        CheckLimits(stage, errors);
        Check(stage.Policy, errors);
        if (stage.PromoteFrom is { } source && !siblings.Any(sibling => sibling.Name == source))
        {
            errors["promoteFrom"] = source == stage.Name
                ? "A stage cannot be promoted from itself."
                : $"The project has no stage '{source}' to promote from.";
        }
        else if (ComesBackTo(stage, siblings))
        {
            errors["promoteFrom"] = $"Promoting from '{stage.PromoteFrom}' comes back to '{stage.Name}' in a circle, so nothing could ever reach it.";
        }

        if (stage.Subdomain is { } subdomain)
        {
            if (HostNames.Label(subdomain) != subdomain)
            {
                errors["subdomain"] = $"'{subdomain}' is not one DNS label: use at most 63 lower case letters, digits and dashes.";
            }
            else if (siblings.FirstOrDefault(sibling => sibling.Subdomain == subdomain) is { } other)
            {
                errors["subdomain"] = $"The subdomain '{subdomain}' belongs to the stage '{other.Name}'.";
            }
        }

        return errors;
    }

    /// <summary>How long requests may wait at a paused stage, in seconds.</summary>
    public static Dictionary<string, string> OfPause(int seconds)
    {
        var errors = new Dictionary<string, string>();
        Range(errors, "seconds", seconds, 1, LongestPause);
        return errors;
    }

    /// <summary>What visitors of a stage in maintenance are told. Plain text: line breaks are kept, everything else is shown as written.</summary>
    public static Dictionary<string, string> OfMaintenance(string? message)
    {
        var errors = new Dictionary<string, string>();
        if (message is not null && (message.Length > LongestMaintenanceMessage || message.Any(c => char.IsControl(c) && c is not ('\n' or '\r'))))
        {
            errors["message"] = $"A message has at most {LongestMaintenanceMessage} characters, and no control characters but line breaks.";
        }

        return errors;
    }

    /// <summary>The sentence that says why a health path cannot be used, or null. A second slash would make another host of it.</summary>
    public static string? HealthPathProblem(string path) =>
        path.Length is 0 or > LongestHealthPath || path[0] != '/' || path.StartsWith("//", StringComparison.Ordinal)
        || path.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '\\' or '#')
            ? $"'{path}' is not a path: begin with one '/', leave out spaces, '#' and '\\', and use at most {LongestHealthPath} characters."
            : null;

    /// <summary>Follows the chain of promotions from a stage; bounded, because the siblings may go round in a circle of their own.</summary>
    private static bool ComesBackTo(Stage stage, IReadOnlyCollection<Stage> siblings)
    {
        var source = stage.PromoteFrom;
        for (var steps = 0; source is not null && steps <= siblings.Count; steps++)
        {
            if (source == stage.Name)
            {
                return true;
            }

            source = siblings.FirstOrDefault(sibling => sibling.Name == source)?.PromoteFrom;
        }

        return false;
    }

    private static string TooManyStages => $"A project has at most {MostStages} stages.";

    private static void Add(Dictionary<string, string> errors, string field, string? problem)
    {
        if (problem is not null)
        {
            errors[field] = problem;
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]{0,255}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}
