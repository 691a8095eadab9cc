namespace Plimsoll.Docker;

/// <summary>Images. A reference is "repository:tag", "repository@sha256:…" or an id.</summary>
public sealed class ImageOperations
{
    private readonly EngineConnection _connection;

    internal ImageOperations(EngineConnection connection) => _connection = connection;

    /// <summary>
    /// Pulls an image, also when an older one has its tag, and answers with the image that is then there. There is no time limit: the
    /// token is the only one. Cancelling stops the engine's download as well.
    /// </summary>
    /// <exception cref="ImagePullException">The engine could not pull it; <see cref="ImagePullException.Failure"/> says why.</exception>
    /// <exception cref="DockerUnavailableException">The engine was lost; it is not known how far it came.</exception>
    public async Task<ImageDetails> PullAsync(PullRequest request, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await new ImagePull(_connection, request, progress).RunAsync(cancellationToken);
        return await FindAsync(request.Reference, cancellationToken)
            ?? throw new ImagePullException(
                Subject(request.Reference), PullFailure.Other, "The engine reported success, but does not have the image.", statusCode: null);
    }

    /// <summary>The image, or null when the engine does not have it. Asks no registry.</summary>
    public async Task<ImageDetails?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await InspectAsync(reference, cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The image. Asks no registry.</summary>
    /// <exception cref="DockerNotFoundException">The engine does not have it.</exception>
    public async Task<ImageDetails> InspectAsync(string reference, CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.ToImage(reference, "json"), Subject(reference), "inspect");
        return new ImageDetails(await _connection.ReadDocumentAsync(call, cancellationToken));
    }

    /// <summary>Gives an image one more tag. The tag is taken from the image that had it.</summary>
    public async Task TagAsync(string source, string repository, string tag, CancellationToken cancellationToken)
    {
        var path = EnginePath.ToImage(source, "tag").With("repo", repository).With("tag", tag);
        await _connection.ExecuteAsync(EngineCall.Change(path, Subject(source), $"give the tag \"{repository}:{tag}\" to"), cancellationToken);
    }

    /// <summary>
    /// Removes a tag, or the image when it was its last. An image that does not exist counts as removed. Force also removes an image with
    /// several tags by its id, and one that stopped containers use; never one that a running container uses.
    /// </summary>
    /// <exception cref="DockerConflictException">A container uses the image.</exception>
    public async Task RemoveAsync(string reference, bool force, CancellationToken cancellationToken)
    {
        var path = EnginePath.ToImage(reference).With("force", force ? "true" : null);
        try
        {
            await _connection.ExecuteAsync(EngineCall.Delete(path, Subject(reference)), cancellationToken);
        }
        catch (DockerNotFoundException)
        {
            // Gone already, which is what was asked for.
        }
    }

    /// <summary>All images but the intermediate ones of a build.</summary>
    public async Task<IReadOnlyList<ImageSummary>> ListAsync(CancellationToken cancellationToken)
    {
        var call = EngineCall.Read(EnginePath.To("images", "json"), "images", "list");
        var items = await _connection.ReadAsync(call, WireJson.Default.ImageListItemArray, cancellationToken);
        return [.. items.Select(ImageSummary.From)];
    }

    private static string Subject(string reference) => $"image \"{reference}\"";
}
