using System.Text.Json;

namespace Plimsoll.Docker;

/// <summary>
/// One pull. The engine answers 200 as soon as it begins, and tells of a failure in the middle of the stream: only a stream read to its
/// end without one is a success, and even then the image is looked at before it is believed.
/// </summary>
internal sealed class ImagePull(EngineConnection connection, PullRequest request, IProgress<PullProgress>? progress)
{
    private const int LongestLine = 1024 * 1024;

    private readonly string _subject = $"image \"{request.Reference}\"";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(cancellationToken);
        var lines = new LineReader(stream, LongestLine);
        var tally = new PullTally();
        while (await ReadAsync(lines, cancellationToken) is { } line)
        {
            if (line.Failure is { } message)
            {
                throw Fault(message);
            }

            if (progress is not null && tally.Add(line) is { } now)
            {
                progress.Report(now);
            }
        }
    }

    // The engine cancels a pull when we hang up, which we did not, or when it stops.
    private DockerException Fault(string message) => message.EndsWith("context canceled", StringComparison.OrdinalIgnoreCase)
        ? new DockerUnavailableException(_subject, "pull", $"the engine broke it off, as it does when it stops ({message}).", outcomeIsUnknown: true)
        : new ImagePullException(_subject, PullFailures.Classify(message, request), message, statusCode: null);

    private async Task<EngineStream> OpenAsync(CancellationToken cancellationToken)
    {
        var path = EnginePath.To("images", "create")
            .With("fromImage", request.Repository)
            .With("tag", request.TagOrDigest)
            .With("platform", request.Platform);
        var call = new EngineCall(HttpMethod.Post, path, _subject, "pull", CallLimit.None)
        {
            RegistryAuth = request.Credential is { } credential ? RegistryAuthBody.Encode(credential) : null,
        };
        try
        {
            return await connection.OpenAsync(call, cancellationToken);
        }
        catch (DockerException e) when (e is not (DockerUnavailableException or DockerVersionException))
        {
            throw new ImagePullException(_subject, PullFailures.Classify(e.EngineMessage, request), e.EngineMessage, e.StatusCode);
        }
    }

    private async Task<PullLine?> ReadAsync(LineReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadAsync(cancellationToken) is { } line
                ? JsonSerializer.Deserialize(line.Span, WireJson.Default.PullLine)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new DockerException(_subject, "pull", $"The engine's progress report can not be read: {e.Message}", null, e);
        }
    }
}
