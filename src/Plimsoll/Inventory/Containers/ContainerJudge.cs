using System.Text.Json;
using Plimsoll.Apps;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Images;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Containers;
using Plimsoll.Decisions.Pending;
using Plimsoll.Deployments;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Registry;

namespace Plimsoll.Inventory.Containers;

/// <summary>Puts together what a decision about a container may look at, has it decided, and keeps the answer, all in one transaction.</summary>
internal sealed class ContainerJudge(SettingsStore settings, FindingStore findings, DecisionStore decisions, EventLog events, TimeProvider time)
{
    /// <summary>Whether its registry is of no interest.</summary>
    public bool IsLeftAlone(FoundContainer container) => ContainerDecider.IsLeftAlone(Sight(container, null), OwnFacts(container, settings.Read().Policy), time.GetUtcNow());

    public Decision Decide(FoundContainer container) => ContainerDecider.Decide(Sight(container, null), OwnFacts(container, settings.Read().Policy), time.GetUtcNow());

    /// <returns>Null: a later look has told already.</returns>
    public ContainerFinding? Judge(WriteScope scope, FoundContainer container, RemoteLook look, DateTimeOffset checkedAt, string trigger)
    {
        var facts = Facts(scope, container, look, settings.Read(scope).Policy);
        var decision = ContainerDecider.Decide(Sight(container, look.Tag), facts, time.GetUtcNow());
        // What a rule made of an image that nobody knows, such as "not newer", is worth nothing.
        var silence = look.Problem is null ? null : decision.Findings.First(found => found.Rule == ContainerDecider.RegistryRule);
        var finding = new ContainerFinding
        {
            Name = container.Name,
            ContainerId = container.Listed.Id,
            Image = container.Written,
            ImageId = container.Listed.ImageId,
            Tag = look.Tag,
            CurrentDigest = container.CurrentDigest(look.Digest),
            RemoteDigest = look.Digest,
            Status = silence is null ? ContainerStatuses.Of(decision) : ContainerStatus.Error,
            ReasonCode = silence?.ReasonCode ?? decision.ReasonCode,
            Reason = silence?.Reason ?? decision.Reason,
            Rules = JsonSerializer.Serialize(decision.Findings, DecisionsJson.Default.IReadOnlyListRuleFinding),
            CheckedAt = checkedAt,
            LookAgainAt = decision.LookAgainAt,
        };
        if (!findings.Put(scope, finding))
        {
            return null;
        }

        decisions.AddIfNew(scope, Recorded(container, finding, decision, trigger));
        if (finding is { Status: ContainerStatus.UpdateAvailable, RemoteDigest: { } offered } && FindingStore.Tell(scope, finding.Name, offered))
        {
            events.Append(scope, "update-available", $"{finding.Name}: there is another image under {container.Reference!.FamiliarName}:{finding.Tag} ({offered.Short}). {finding.Reason}");
        }

        return finding;
    }

    private static ContainerSighting Sight(FoundContainer container, string? tag) => new()
    {
        Name = container.Name,
        Image = container.Written,
        Labels = container.Listed.Labels,
        RepoDigests = container.Image?.Digests ?? [],
        LocalImageId = container.Listed.ImageId,
        Platform = container.Image?.Platform?.ToString(),
        CandidateTag = tag,
    };

    /// <summary>Every Plimsoll's instances carry the label, those of another one on the same engine as well.</summary>
    private static ContainerFacts OwnFacts(FoundContainer container, ContainerPolicy policy) => new()
    {
        Policy = policy,
        IsManaged = container.Listed.Labels.ContainsKey(Labels.Instance),
        IsImageGone = container.Image is null,
    };

    private static ContainerFacts Facts(WriteScope scope, FoundContainer container, RemoteLook look, ContainerPolicy policy)
    {
        var own = OwnFacts(container, policy) with { RemoteDigest = look.Digest, RemoteProblem = look.Problem, RemoteProblemCode = look.ProblemCode };
        if (look.Digest is not { } remote || container.Reference is not { } reference)
        {
            return own;
        }

        var remoteImage = ImageBook.FindIn(scope, reference.Name, remote);
        var localImage = container.CurrentDigest(remote) is { } current ? ImageBook.FindIn(scope, reference.Name, current) : null;
        // The book knows of this machine's platform only.
        var (remotePlatform, localPlatform) = container.Image?.Platform == ProjectAutoCreation.ThisPlatform() ? (PlatformDigest(remoteImage), PlatformDigest(localImage)) : (null, null);
        return own with
        {
            Snoozed = QuietStore.SnoozeOf(scope, container.Name, reference.Name),
            Skipped = QuietStore.SkipOf(scope, container.Name, new Artifact(reference.Name, look.Tag ?? container.Tag, remote)),
            RemoteImage = remoteImage,
            LocalImage = localImage,
            RemotePlatformDigest = remotePlatform,
            // Who pulled the platform's manifest itself has its digest.
            LocalPlatformDigest = remotePlatform is { } same && container.Image!.Digests.Contains(same) ? same : localPlatform,
        };
    }

    private static Digest? PlatformDigest(ImageFacts? image) => Digest.TryParse(image?.Contents?.PlatformDigest, out var digest) ? digest : null;

    private static RecordedDecision Recorded(FoundContainer container, ContainerFinding finding, Decision decision, string trigger) => new()
    {
        Trigger = trigger,
        Container = finding.Name,
        Repository = container.Reference?.Name ?? finding.Image,
        Tag = container.Reference is null ? "" : finding.Tag ?? container.Tag,
        Digest = finding.RemoteDigest,
        Verdict = (finding.Status == ContainerStatus.Error ? Verdict.Wait : decision.Verdict).ToString().ToLowerInvariant(),
        ReasonCode = finding.ReasonCode,
        Reason = finding.Reason,
        Rules = finding.Rules,
        LookAgainAt = decision.LookAgainAt,
    };
}
