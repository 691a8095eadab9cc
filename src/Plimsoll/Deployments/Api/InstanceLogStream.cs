using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plimsoll.Docker;

namespace Plimsoll.Deployments.Api;

/// <summary>What a container writes, as server-sent events, until the container ends. Values of its variables are hidden, as everywhere.</summary>
internal static class InstanceLogStream
{
    public const int MostTail = 10_000;

    /// <summary>In bytes; a longer line comes in several.</summary>
    private const int LongestLine = 8 * 1024;

    public static async IAsyncEnumerable<SseItem<string>> Follow(
        DockerEngine engine, string containerId, int tail, HiddenValues hidden, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new LogRequest(tail, Follow: true, Timestamps: true) { LongestLine = LongestLine };
        await using var lines = engine.Containers.ReadLogsAsync(containerId, request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            string? problem = null;
            var isThere = false;
            try
            {
                isThere = await lines.MoveNextAsync();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                yield break;
            }
            catch (DockerException failure)
            {
                problem = failure.Message;
            }

            if (!isThere)
            {
                yield return new SseItem<string>(JsonSerializer.Serialize(new LogEndResponse(problem), DeploymentsJson.Default.LogEndResponse), "end");
                yield break;
            }

            var line = lines.Current;
            yield return new SseItem<string>(
                JsonSerializer.Serialize(new LogLineResponse(line.At, line.Stream == LogStream.Error ? "stderr" : "stdout", hidden.In(line.Text), line.Continues), DeploymentsJson.Default.LogLineResponse),
                "line");
        }
    }
}
