using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.EngineTests.Support;

/// <summary>The process that containerd puts above each container. When it is killed it leaves two things outside its engine's folder.</summary>
internal sealed record ContainerShim(string ContainerId, string SocketPath)
{
    public IReadOnlyList<string> ControlGroups =>
    [
        .. Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup")
            .SelectMany(root => new[] { $"{root}/docker/{ContainerId}", $"{root}/docker-{ContainerId}.scope" })
            .Where(Directory.Exists),
    ];

    public static ContainerShim? From(RunningProcess process)
    {
        if (!process.Program.StartsWith("containerd-shim", StringComparison.Ordinal))
        {
            return null;
        }

        var id = Option("-id");
        // The folder is shared by all containerds of the machine; the name is a hash of what tells two containers apart.
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{Option("-address")}/{Option("-namespace")}/{id}"));
        return new ContainerShim(id, "/run/containerd/s/" + Convert.ToHexStringLower(name));

        string Option(string option) => process.CommandLine.SkipWhile(word => word != option).ElementAtOrDefault(1) ?? "";
    }

    public bool HasLeftNothing => !File.Exists(SocketPath) && ControlGroups.Count == 0;

    /// <summary>To be called when the container's processes are gone. False while the kernel still counts one of them.</summary>
    public bool TryRemoveRest()
    {
        File.Delete(SocketPath);
        foreach (var group in ControlGroups)
        {
            try
            {
                Directory.Delete(group);
            }
            catch (IOException)
            {
                return false;
            }
        }

        return true;
    }
}
