using Plimsoll.Apps;
using Plimsoll.Docker;

namespace Plimsoll.Deployments.Images;

/// <summary>
/// Removes images that no stage needs any more. A deployment has succeeded by then, so nothing that goes wrong here may
/// touch it: it is said in the log, and the next success tries again.
/// </summary>
internal sealed partial class ImageSweep(
    DockerEngine engine, ImageLedger ledger, ProjectStore projects, SettingsStore settings, TimeProvider time, ILogger<ImageSweep> log)
{
    /// <summary>The stage's next deployment waits for this one.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Never throws.</summary>
    public async Task AfterSuccessAsync(long stageId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await SweepAsync(stageId, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping. What is left over is found by the next success.
        }
        catch (OperationCanceledException)
        {
            LogTooSlow(log, Limit.TotalSeconds);
        }
        catch (DockerException problem)
        {
            LogTrouble(log, problem.Message);
        }
        catch (Exception problem)
        {
            LogMistake(log, problem);
        }
    }

    private async Task SweepAsync(long stageId, CancellationToken cancellationToken)
    {
        // Images first, then who uses them: what is put to use in between is seen in the later lists.
        var images = await engine.Images.ListAsync(cancellationToken);
        var containers = await engine.Containers.ListAsync(new ContainerFilter { IncludeStopped = true }, cancellationToken);
        foreach (var image in ImageRetention.Unneeded(stageId, Facts(images, containers)))
        {
            // Looked up anew for each, because a removal can take seconds and a deployment that wants this very image may have come meanwhile.
            if (ImageRetention.Unneeded(stageId, Facts([image], containers)).Count > 0)
            {
                await RemoveAsync(image, cancellationToken);
            }
        }
    }

    private ImageFacts Facts(IReadOnlyList<ImageSummary> images, IReadOnlyList<ContainerSummary> containers) => new()
    {
        Images = images,
        Containers = containers,
        Deployed = ledger.Deployed(),
        OfInstances = ledger.OfInstances(),
        Repositories = projects.List().Select(project => project.Repository).ToHashSet(StringComparer.Ordinal),
        KeepDeployments = settings.Read().KeepDeployments,
    };

    /// <summary>Never by force: the engine itself refuses to remove what a container uses.</summary>
    private async Task RemoveAsync(ImageSummary image, CancellationToken cancellationToken)
    {
        foreach (var reference in image.RepoDigests)
        {
            try
            {
                await engine.Images.RemoveAsync(reference, force: false, cancellationToken);
                LogRemoved(log, reference);
            }
            catch (DockerException problem) when (problem is not DockerUnavailableException)
            {
                LogNotRemoved(log, reference, problem.Message);
            }
        }
    }

    [LoggerMessage(540, LogLevel.Information, "Removed the image {Reference}: no stage runs it or can go back to it.")]
    private static partial void LogRemoved(ILogger log, string reference);

    [LoggerMessage(541, LogLevel.Warning, "The image {Reference} is not needed any more but could not be removed: {Problem}")]
    private static partial void LogNotRemoved(ILogger log, string reference, string problem);

    [LoggerMessage(542, LogLevel.Warning, "Images that are not needed any more could not be looked for: {Problem}")]
    private static partial void LogTrouble(ILogger log, string problem);

    [LoggerMessage(543, LogLevel.Warning, "The engine took more than {Seconds:0} s to remove images. The next deployment goes on with it.")]
    private static partial void LogTooSlow(ILogger log, double seconds);

    [LoggerMessage(544, LogLevel.Error, "Images that are not needed any more could not be removed.")]
    private static partial void LogMistake(ILogger log, Exception problem);
}
