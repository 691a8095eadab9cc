using System.Text.RegularExpressions;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>
/// Makes a project out of an image nobody has configured (seed 000 "unknown project"). Pure: what the image says of
/// itself is passed in.
/// </summary>
internal static partial class ProjectDefaults
{
    public static (Project Project, Stage Stage) From(ImageReference reference, ImageConfiguration image, IReadOnlyCollection<string> takenNames)
    {
        var label = HostNames.Label(reference.Repository.Split('/')[^1]);
        var name = FreeName(Names.Problem(label) is null ? label : HostNames.Label("app-" + label), takenNames);
        var (stage, pattern) = StageOf(reference.Tag ?? "latest");
        var project = new Project
        {
            Name = name,
            Repository = reference.Name,
            Port = image.ExposedTcpPorts.Count == 0 ? 0 : image.ExposedTcpPorts.Min(),
            HealthPath = image.Labels.GetValueOrDefault("plimsoll.health-path") is { } path && Validation.HealthPathProblem(path) is null ? path : null,
            AutoCreated = true,
        };
        return (project, new Stage { Name = stage, TagPattern = pattern, AutoDeploy = true });
    }

    /// <summary>A release (v1.2.3) makes a stage for releases, <c>dev-abc123</c> one for all of <c>dev-*</c>, anything else follows that one tag.</summary>
    private static (string Stage, string Pattern) StageOf(string tag)
    {
        if (Release().IsMatch(tag))
        {
            return ("rel", tag[0] == 'v' ? "v*" : "*.*");
        }

        var prefix = Prefixed().Match(tag);
        return prefix.Success
            ? (HostNames.Label(prefix.Groups[1].Value), prefix.Groups[1].Value + "-*")
            : ("dev", tag);
    }

    private static string FreeName(string wanted, IReadOnlyCollection<string> takenNames)
    {
        var name = wanted;
        for (var number = 2; takenNames.Contains(name); number++)
        {
            var suffix = $"-{number}";
            name = wanted[..Math.Min(wanted.Length, Names.Longest - suffix.Length)].TrimEnd('-') + suffix;
        }

        return name;
    }

    [GeneratedRegex(@"^(v\d+|\d+\.\d+)(\.\d+)*([-+.].*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Release();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]*)-.+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefixed();
}
