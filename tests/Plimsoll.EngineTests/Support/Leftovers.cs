using System.Net.NetworkInformation;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// Removes a scratch folder and everything outside it that belongs to it: processes, mounts, bridges, the firewall rule.
/// Used at the end of each part, and for what a killed test run left behind.
/// </summary>
internal static class Leftovers
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    public static async Task RemoveAsync(string folder)
    {
        await EndProcessesAsync(folder);
        foreach (var mount in MountsBelow(folder))
        {
            LinuxCalls.Unmount(mount);
        }

        if (AddressPool.ReadFrom(folder) is { } pool)
        {
            await pool.RemoveBridgesAsync();
            await FirewallRule.RemoveAsync(pool, Path.GetFileName(folder));
        }

        Directory.Delete(folder, recursive: true);
    }

    public static async Task SweepAbandonedAsync()
    {
        foreach (var folder in ScratchFolder.FindAbandoned())
        {
            try
            {
                await RemoveAsync(folder);
            }
            catch (IOException)
            {
                // Another test run sweeps the same folder. What it cannot remove either shows up in the next sweep.
            }
        }
    }

    public static IReadOnlyList<RunningProcess> ProcessesOf(string folder)
    {
        var all = RunningProcess.All();
        var roots = all.Where(process => BelongsTo(process, folder)).ToList();
        var found = roots.ToDictionary(process => process.Id);
        for (var layer = roots; layer.Count > 0;)
        {
            layer = [.. all.Where(process => layer.Any(parent => parent.Id == process.ParentId) && found.TryAdd(process.Id, process))];
        }

        return [.. found.Values];
    }

    public static IReadOnlyList<string> MountsBelow(string folder) =>
    [
        .. File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' ')[4])
            .Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal))
            .Reverse(),
    ];

    public static IReadOnlyList<string> BridgesIn(AddressPool pool) =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.GetIPProperties().UnicastAddresses.Any(address => pool.Contains(address.Address)))
            .Select(network => network.Name),
    ];

    // Only programs that this harness starts: somebody's editor or "tail" with a file of the folder is not ours to end.
    private static bool BelongsTo(RunningProcess process, string folder) =>
        process.HasEnvironment("PLIMSOLL_FAULT_FOLDER", folder + "/")
        || ((process.Program is "dockerd" or "containerd" or "docker-registry" || ContainerShim.From(process) is not null)
            && process.CommandLine.Any(argument => argument.Contains(Path.GetFileName(folder), StringComparison.Ordinal)));

    private static async Task EndProcessesAsync(string folder)
    {
        HashSet<ContainerShim> shims = [];
        await Eventually.IsTrueAsync(
            () =>
            {
                var left = ProcessesOf(folder);
                shims.UnionWith(left.Select(ContainerShim.From).OfType<ContainerShim>());
                foreach (var process in left)
                {
                    LinuxCalls.Kill(process.Id);
                }

                return left.Count == 0;
            },
            EndWithin,
            () => $"Processes of {folder} do not end: {string.Join(", ", ProcessesOf(folder).Select(process => $"{process.Id} {process.Program}"))}",
            CancellationToken.None);
        await Eventually.IsTrueAsync(
            () => shims.All(shim => shim.TryRemoveRest()),
            EndWithin,
            () => $"Control groups remain: {string.Join(", ", shims.SelectMany(shim => shim.ControlGroups))}",
            CancellationToken.None);
    }
}
