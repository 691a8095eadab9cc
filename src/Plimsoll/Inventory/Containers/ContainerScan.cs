using System.Collections.Concurrent;
using Plimsoll.Apps.Policies;
using Plimsoll.Candidates;
using Plimsoll.Decisions.Containers;
using Plimsoll.Deployments;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Inventory.Containers;

/// <summary>Looks at every container that no stage of ours decides about. Reads the engine and the registries; touches no container (invariant 6).</summary>
internal sealed class ContainerScan(
    ContainerReader reader, ContainerJudge judge, FindingStore findings, ContainerRegistries registries, Store store, Installation installation, TimeProvider time) : IContainerLook
{
    private const int SideBySide = 32;

    /// <summary>Every other writer waits for a transaction.</summary>
    private const int JudgedTogether = 100;

    public async Task<ScanResult> ScanAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var containers = Foreign(await reader.ReadAsync(anew: true, cancellationToken));
        var remote = registries.Open(Freshness.Poll);
        var looks = new ConcurrentDictionary<string, RemoteLook>(StringComparer.Ordinal);
        // One image after the other: many containers of one wait for one answer and take up one place.
        await Parallel.ForEachAsync(
            containers.GroupBy(container => container.Written, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (group, token) =>
            {
                foreach (var container in group)
                {
                    looks[container.Name] = await LookAsync(container, remote, token);
                }
            });

        var judged = new List<ContainerFinding>();
        foreach (var together in containers.Chunk(JudgedTogether))
        {
            judged.AddRange(await store.WriteAsync(
                scope => together.Select(container => judge.Judge(scope, container, looks[container.Name], startedAt, "poll")).OfType<ContainerFinding>().ToList(), cancellationToken));
        }

        var names = containers.Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        await store.WriteAsync(scope => findings.KeepOnly(scope, names, startedAt), cancellationToken);
        return new ScanResult(containers.Count, judged);
    }

    /// <summary>For a person, who wants to know how it is now.</summary>
    /// <returns>Null: a scan that began later has told already.</returns>
    public async Task<ContainerFinding?> CheckAsync(FoundContainer container, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var look = await LookAsync(container, registries.Open(Freshness.Now), cancellationToken);
        return await store.WriteAsync(scope => judge.Judge(scope, container, look, startedAt, "manual"), cancellationToken);
    }

    /// <summary>Judges those anew whose time has come, by what the registries said at the last look.</summary>
    public async Task JudgeDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await JudgeAgainAsync([.. findings.All().Values.Where(finding => finding.LookAgainAt <= now)], cancellationToken);
    }

    public Task JudgeAgainAsync(string container, CancellationToken cancellationToken) =>
        JudgeAgainAsync(findings.All().TryGetValue(container, out var finding) ? [finding] : [], cancellationToken);

    private async Task JudgeAgainAsync(IReadOnlyList<ContainerFinding> due, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
        {
            return;
        }

        var present = Foreign(await reader.ReadAsync(anew: false, cancellationToken)).ToDictionary(container => container.Name, StringComparer.Ordinal);
        foreach (var together in due.Chunk(JudgedTogether))
        {
            await store.WriteAsync(
                scope =>
                {
                    foreach (var finding in together)
                    {
                        if (present.GetValueOrDefault(finding.Name) is { } container && finding.IsAbout(container) && finding.RemoteDigest is not null)
                        {
                            judge.Judge(scope, container, new RemoteLook(finding.Tag, finding.RemoteDigest), finding.CheckedAt, "poll");
                        }
                        else
                        {
                            // The next scan looks at what has become of it.
                            FindingStore.StopWaiting(scope, finding.Name);
                        }
                    }
                },
                cancellationToken);
        }
    }

    /// <summary>About our own instances their stages decide, and say so themselves.</summary>
    public bool IsOwn(FoundContainer container) =>
        container.Listed.Labels.ContainsKey(Labels.Instance) && container.Listed.Labels.GetValueOrDefault(Labels.Installation) == installation.Id;

    private List<FoundContainer> Foreign(IReadOnlyList<FoundContainer> containers) => [.. containers.Where(container => !IsOwn(container)).DistinctBy(container => container.Name)];

    private async Task<RemoteLook> LookAsync(FoundContainer container, RemoteImages remote, CancellationToken cancellationToken)
    {
        if (container.Reference is not { } reference || judge.IsLeftAlone(container))
        {
            return RemoteLook.NotAsked;
        }

        var look = await remote.LookAsync(reference, PolicyLabels.Read(container.Listed.Labels), cancellationToken);
        if (look.Digest is { } offered && container.Image?.Digests.Contains(offered) != true)
        {
            // Registries count each reading, and it is done once for each digest: only for what is not the same anyhow.
            var digests = container.CurrentDigest() is { } current ? new[] { offered, current } : [offered];
            await registries.ReadAsync(reference.Name, digests, cancellationToken);
        }

        return look;
    }
}

/// <summary>What came of one look at all containers.</summary>
internal sealed record ScanResult(int Looked, IReadOnlyList<ContainerFinding> Findings);
