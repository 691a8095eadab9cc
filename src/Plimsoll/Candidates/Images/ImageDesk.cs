using System.Collections.Concurrent;
using Plimsoll.Registry;

namespace Plimsoll.Candidates.Images;

/// <summary>
/// Reads what images say of themselves, once for each digest: it costs a manifest, which Docker Hub counts as a pull. It never fails and never
/// takes long; what could not be read is unknown, and the book says why.
/// </summary>
/// <param name="read">Asks the registry; the number is that of the registry whose credentials go first.</param>
internal sealed partial class ImageDesk(
    ImageBook book, Func<ImageReference, long?, CancellationToken, Task<ImageConfiguration>> read, TimeProvider time, ILogger<ImageDesk> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string, Digest), Lazy<Task>> _underWay = new();

    public async Task ReadAsync(string repository, Digest digest, long? preferredRegistry, CancellationToken cancellationToken)
    {
        if (!book.IsToBeRead(repository, digest))
        {
            return;
        }

        var reading = _underWay.GetOrAdd((repository, digest), key => new Lazy<Task>(() => ReadOnceAsync(key, preferredRegistry)));
        await reading.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Not tied to one caller's token: several may wait for it, and its own time is bounded.</summary>
    private async Task ReadOnceAsync((string Repository, Digest Digest) key, long? preferredRegistry)
    {
        await Task.Yield();
        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            var (contents, problem) = await AskAsync(key.Repository, key.Digest, preferredRegistry, limit.Token);
            await book.PutAsync(key.Repository, key.Digest, contents, problem, CancellationToken.None);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private async Task<(ImageContents? Contents, string? Problem)> AskAsync(string repository, Digest digest, long? preferredRegistry, CancellationToken cancellationToken)
    {
        try
        {
            return (ImageReading.Of(await read(ImageReference.Parse(repository).WithDigest(digest), preferredRegistry, cancellationToken)), null);
        }
        catch (RegistryException problem)
        {
            LogUnread(log, repository, digest.Short, problem.Message);
            return (null, problem.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var sentence = $"The registry took longer than {Patience.TotalSeconds:0} seconds to tell about the image.";
            LogUnread(log, repository, digest.Short, sentence);
            return (null, sentence);
        }
    }

    [LoggerMessage(330, LogLevel.Information, "What {Repository}@{Digest} says of itself could not be read: {Problem}")]
    private static partial void LogUnread(ILogger log, string repository, string digest, string problem);
}
