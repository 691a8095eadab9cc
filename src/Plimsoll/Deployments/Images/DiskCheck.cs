using Plimsoll.Apps.Credentials;
using Plimsoll.Docker;
using Plimsoll.Registry;

namespace Plimsoll.Deployments.Images;

/// <summary>
/// Asks before a pull whether the image fits on the engine's disk. What cannot be found out is no reason to refuse: the
/// pull itself then says what is wrong.
/// </summary>
internal sealed class DiskCheck(DockerEngine engine, RegistryClient registry, RegistryCredentials credentials, TimeProvider time)
{
    /// <summary>With so much to spare the registry is not asked: the question costs time, and at some registries counts as a pull.</summary>
    private const long Ample = 64L * 1024 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Why the image cannot be pulled, with <see cref="DeploymentReason.DiskTooFull"/>; null when nothing speaks against it.</returns>
    public async Task<string?> RefuseAsync(DeploymentContext context, CancellationToken cancellationToken)
    {
        var minimum = context.Settings.MinimumFreeMegabytes;
        if (await ReadEngineAsync(cancellationToken) is not { } info
            || FreeBytes(info.DockerRootDirectory) is not { } free
            || free - DiskSpace.NeededFor(0, minimum) >= Ample
            || await ReadSizeAsync(context, new Platform(info.OperatingSystem, info.Architecture, null), cancellationToken) is not { } compressed)
        {
            return null;
        }

        return DiskSpace.Problem(context.Deployment.Artifact.ToString(), info.DockerRootDirectory, free, compressed, minimum);
    }

    /// <summary>Only a local engine's: a folder of the same name here says nothing about another machine's disk.</summary>
    private async Task<EngineInfo?> ReadEngineAsync(CancellationToken cancellationToken)
    {
        if (engine.Endpoint.SocketPath is null)
        {
            return null;
        }

        try
        {
            return await engine.System.GetInfoAsync(cancellationToken);
        }
        catch (DockerException)
        {
            // The pull that follows meets the same trouble and tells of it.
            return null;
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? new DriveInfo(folder).AvailableFreeSpace : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<long?> ReadSizeAsync(DeploymentContext context, Platform platform, CancellationToken cancellationToken)
    {
        var artifact = context.Deployment.Artifact;
        var reference = ImageReference.Parse(artifact.Repository).WithDigest(artifact.Digest);
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var access = await credentials.AccessAsync(reference.Registry, context.Project.RegistryId, either.Token);
            return await registry.ReadSizeAsync(reference, platform, access, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (RegistryException)
        {
            // As above: the engine asks the same registry next.
            return null;
        }
    }
}
