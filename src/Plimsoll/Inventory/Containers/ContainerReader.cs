using System.Collections.Concurrent;
using Plimsoll.Apps;
using Plimsoll.Docker;

namespace Plimsoll.Inventory.Containers;

/// <summary>
/// Every container of the engine, from one list; what the list does not tell of images is asked once for each image. The list names an image
/// by its id as soon as its tag has gone on to another one: then the container itself is asked what was written, which never changes.
/// </summary>
internal sealed class ContainerReader(DockerEngine engine, SettingsStore settings)
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, LocalImage> _images = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _written = new(StringComparer.Ordinal);

    /// <param name="anew">Whether images are asked again: names and digests come and go, all else of them stays.</param>
    /// <exception cref="DockerException">The engine does not answer.</exception>
    public async Task<IReadOnlyList<FoundContainer>> ReadAsync(bool anew, CancellationToken cancellationToken)
    {
        var listed = await engine.Containers.ListAsync(new ContainerFilter { IncludeStopped = settings.Read().IncludeStopped }, cancellationToken);
        var imageIds = listed.Select(container => container.ImageId).Where(id => id.Length > 0).ToHashSet(StringComparer.Ordinal);
        await EachAsync(imageIds.Where(id => anew || !_images.ContainsKey(id)), InspectImageAsync, cancellationToken);
        await EachAsync(listed.Where(container => IsId(container, container.Image) && !_written.ContainsKey(container.Id)).Select(container => container.Id), InspectContainerAsync, cancellationToken);

        Forget(_images, imageIds);
        Forget(_written, listed.Select(container => container.Id).ToHashSet(StringComparer.Ordinal));
        return [.. listed
            .OrderBy(container => container.Name, StringComparer.Ordinal)
            .Select(container => new FoundContainer(container, Written(container), _images.GetValueOrDefault(container.ImageId)))];
    }

    private string Written(ContainerSummary container)
    {
        var written = _written.GetValueOrDefault(container.Id, container.Image);
        // A short id reads like the name of a repository.
        return IsId(container, written) ? container.ImageId : written;
    }

    private static bool IsId(ContainerSummary container, string image)
    {
        var id = image.StartsWith("sha256:", StringComparison.Ordinal) ? image : "sha256:" + image;
        return image.Length == 0 || image.StartsWith("sha256:", StringComparison.Ordinal) || (image.Length >= 4 && container.ImageId.StartsWith(id, StringComparison.Ordinal));
    }

    private async ValueTask InspectImageAsync(string id, CancellationToken cancellationToken)
    {
        if (await engine.Images.FindAsync(id, cancellationToken) is { } image)
        {
            _images[id] = LocalImage.From(image);
        }
        else
        {
            _images.TryRemove(id, out _);
        }
    }

    private async ValueTask InspectContainerAsync(string id, CancellationToken cancellationToken)
    {
        if (await engine.Containers.FindAsync(id, cancellationToken) is { } container)
        {
            _written[id] = container.ImageReference;
        }
    }

    private static Task EachAsync(IEnumerable<string> ids, Func<string, CancellationToken, ValueTask> ask, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, ask);

    private static void Forget<T>(ConcurrentDictionary<string, T> kept, HashSet<string> present)
    {
        foreach (var gone in kept.Keys.Where(key => !present.Contains(key)))
        {
            kept.TryRemove(gone, out _);
        }
    }
}
