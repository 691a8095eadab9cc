using System.Runtime.CompilerServices;

namespace Plimsoll.Docker;

/// <content>Reading logs.</content>
public sealed partial class ContainerOperations
{
    /// <summary>
    /// A container's log, oldest line first. Reading ends with the log, or with the container when following. Lines of the two streams come
    /// in the order in which the engine wrote them down.
    /// </summary>
    /// <exception cref="DockerException">The container's logging driver keeps nothing that could be read.</exception>
    public async IAsyncEnumerable<LogLine> ReadLogsAsync(
        string id, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.LongestLine, 16);

        // Engines before API 1.42 do not say in their answer which of the two forms it has.
        var container = await InspectAsync(id, cancellationToken);
        var path = EnginePath.To("containers", container.Id, "logs")
            .With("stdout", "true")
            .With("stderr", "true")
            .With("follow", request.Follow ? "true" : null)
            .With("timestamps", request.Timestamps ? "true" : null)
            .With("since", request.Since is { } since ? EngineTime.ToParameter(since) : null)
            .With("tail", request.TailLines is { } lines ? Number(Math.Max(0, lines)) : null);
        var call = EngineCall.Read(path, Subject(id), "read the log of");
        await using var stream = await _connection.OpenAsync(call, cancellationToken);
        var reader = new LogReader(stream, request);
        var log = container.HasTty ? reader.ReadPlainAsync(cancellationToken) : reader.ReadMultiplexedAsync(cancellationToken);
        await using var line = log.GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(line, call))
        {
            yield return line.Current;
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<LogLine> line, EngineCall call)
    {
        try
        {
            return await line.MoveNextAsync();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DockerException(call.Subject, call.Attempt, e.Message, null, e);
        }
    }
}
