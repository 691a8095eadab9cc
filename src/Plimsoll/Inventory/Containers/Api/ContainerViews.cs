using System.Text.Json;
using Plimsoll.Access;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Waiting;
using Plimsoll.Deployments;
using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers.Api;

/// <summary>Shows containers: those of the engine with what was found out about them, our own with what their stages say.</summary>
internal sealed class ContainerViews(ContainerReader reader, ContainerScan scan, ContainerJudge judge, FindingStore findings, InstanceStore instances, WaitingStore waiting)
{
    public const string Hidden = "••••••••";
    private const int ShortestId = 6;

    /// <summary>All that the caller may see; of what belongs to no project that is those who may see everything.</summary>
    public async Task<IReadOnlyList<FoundContainer>> VisibleAsync(Caller caller, bool anew, CancellationToken cancellationToken) =>
        [.. (await reader.ReadAsync(anew, cancellationToken)).Where(container => caller.Projects is null || (scan.IsOwn(container) && caller.MaySee(Label(container, Labels.Project))))];

    /// <returns>Those whose name, id or beginning of an id it is: none, one or, for a beginning, several.</returns>
    public static IReadOnlyList<FoundContainer> Find(IReadOnlyList<FoundContainer> containers, string idOrName) =>
        containers.Where(container => container.Name == idOrName || container.Listed.Id == idOrName).Take(1).ToList() is [_] exact ? exact
        : idOrName.Length < ShortestId ? []
        : [.. containers.Where(container => container.Listed.Id.StartsWith(idOrName, StringComparison.Ordinal))];

    public IReadOnlyList<ContainerResponse> Show(IReadOnlyList<FoundContainer> containers, Caller caller, bool withRules = false)
    {
        var found = findings.All();
        var ofInstances = instances.All().ToDictionary(instance => instance.Id, StringComparer.Ordinal);
        var waits = waiting.List().ToLookup(candidate => candidate.StageId);
        return [.. containers.Select(container => scan.IsOwn(container)
            ? Response(container, OfStage(container, ofInstances.GetValueOrDefault(Label(container, Labels.Instance) ?? ""), waits), caller, withRules)
            : Response(container, found.GetValueOrDefault(container.Name) is { } finding && finding.IsAbout(container) ? finding : null, caller, withRules))];
    }

    private ContainerFinding OfStage(FoundContainer container, Instance? instance, ILookup<long, WaitingCandidate> waits)
    {
        var decision = judge.Decide(container);
        var newer = instance is null ? null : waits[instance.StageId].FirstOrDefault(candidate => candidate.Digest != instance.Digest);
        return new ContainerFinding
        {
            Status = newer is not null ? ContainerStatus.UpdateAvailable : instance?.Standing == Standing.Live ? ContainerStatus.UpToDate : ContainerStatus.Skipped,
            Tag = newer?.Tag ?? instance?.Tag,
            CurrentDigest = instance?.Digest ?? (Digest.TryParse(Label(container, Labels.Digest), out var labelled) ? labelled : null),
            RemoteDigest = newer?.Digest,
            ReasonCode = decision.ReasonCode,
            Reason = decision.Reason,
            Rules = JsonSerializer.Serialize(decision.Findings, DecisionsJson.Default.IReadOnlyListRuleFinding),
        };
    }

    private ContainerResponse Response(FoundContainer container, ContainerFinding? finding, Caller caller, bool withRules)
    {
        var isOwn = scan.IsOwn(container);
        return new ContainerResponse(
            container.Listed.Id,
            container.Name,
            container.Written,
            container.IsRunning,
            container.Listed.State,
            container.Listed.Status,
            container.Listed.Created,
            container.Image?.Platform?.ToString(),
            (finding?.CurrentDigest ?? container.CurrentDigest())?.ToString(),
            finding?.RemoteDigest?.ToString(),
            finding?.Tag,
            finding?.Status.ToString(),
            finding?.Status == ContainerStatus.Skipped,
            finding?.Status == ContainerStatus.Skipped ? finding.Reason : null,
            finding?.ReasonCode,
            finding?.Reason,
            container.Listed.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)
                .ToDictionary(label => label.Key, label => SecretNames.LooksSecret(label.Key) && label.Value.Length > 0 ? Hidden : label.Value, StringComparer.Ordinal),
            finding?.CheckedAt is { Year: > 1 } at ? at : null,
            finding?.LookAgainAt,
            isOwn ? Label(container, Labels.Project) : null,
            isOwn ? Label(container, Labels.Stage) : null,
            Label(container, FoundContainer.ComposeProjectLabel),
            Label(container, FoundContainer.ComposeServiceLabel),
            withRules && finding is not null ? JsonElement.Parse(finding.Rules) : null,
            !isOwn && caller.Role >= Role.Operator ? ["check"] : []);
    }

    private static string? Label(FoundContainer container, string name) => container.Listed.Labels.GetValueOrDefault(name);
}
