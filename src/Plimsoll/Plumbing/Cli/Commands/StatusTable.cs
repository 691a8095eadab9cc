using Plimsoll.Plumbing.Cli.Api;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>Projects as a table, a line for each stage.</summary>
internal static class StatusTable
{
    private const int DigestLetters = 12;

    public static readonly IReadOnlyList<string> Columns = ["Project", "Stage", "Live", "Digest", "Status", "Address", "Last deployment", "Reason"];

    public static IReadOnlyList<IReadOnlyList<Cell>> Rows(IReadOnlyList<ProjectStatus> projects) =>
        [.. projects.SelectMany(project => project.Stages is { Count: > 0 } stages ? stages.Select(stage => Row(project, stage)) : [Empty(project)])];

    private static IReadOnlyList<Cell> Row(ProjectStatus project, StageStatus stage)
    {
        var live = stage.Instances?.FirstOrDefault(instance => instance.IsLive);
        var last = stage.LastDeployment;
        return
        [
            project.Name,
            stage.Name,
            stage.Live,
            Short(stage.LiveDigest),
            live?.Status,
            AddressOf(stage, live),
            ((Cell)(last is null ? null : $"{last.State} {last.Tag}".Trim())).With(MoodOf(last)),
            last?.Reason,
        ];
    }

    private static IReadOnlyList<Cell> Empty(ProjectStatus project) => [project.Name, .. Enumerable.Repeat<Cell>((string?)null, Columns.Count - 1)];

    /// <summary>The address that stays the same from version to version, if the instance has it; else all that it has.</summary>
    private static string? AddressOf(StageStatus stage, InstanceStatus? live)
    {
        var addresses = live?.Addresses ?? [];
        return addresses.FirstOrDefault(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host == stage.Host) ?? string.Join(" ", addresses);
    }

    private static Mood MoodOf(DeploymentStatus? last) => last switch
    {
        null => Mood.Neutral,
        { State: DeploymentStatus.Succeeded } => Mood.Good,
        { State: "failed" or "rolled-back" or "rolling-back" } => Mood.Bad,
        { IsOver: false } => Mood.Doubtful,
        _ => Mood.Neutral,
    };

    /// <summary>As many letters as Docker's own tools show.</summary>
    private static string? Short(string? digest)
    {
        var hex = digest?[(digest.IndexOf(':') + 1)..];
        return hex?.Length > DigestLetters ? hex[..DigestLetters] : hex;
    }
}
