using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Candidates.Images;

/// <summary>The images of candidates: when each was first met, and what each says of itself.</summary>
internal sealed class CandidateImages(ImageBook book, ImageDesk desk)
{
    public bool AreToBeRead(Artifact artifact) => book.IsToBeRead(artifact.Repository, artifact.Digest);

    public void See(WriteScope scope, Artifact artifact) => book.See(scope, artifact.Repository, artifact.Digest);

    public Task ReadAsync(IEnumerable<(string Repository, Digest Digest, long? RegistryId)> images, CancellationToken cancellationToken) =>
        Task.WhenAll(images
            .DistinctBy(image => (image.Repository, image.Digest))
            .Select(image => desk.ReadAsync(image.Repository, image.Digest, image.RegistryId, cancellationToken)));
}
