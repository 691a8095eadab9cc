using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plimsoll.Docker;

namespace Plimsoll.Deployments.Api;

/// <summary>What a container writes, as server-sent events, until the container ends. Values of its variables are hidden, as everywhere.</summary>
internal static class InstanceLogStream
{
    public const int MostTail = 10_000;

    /// <summary>In characters.</summary>
    private const int LongestLine = 8 * 1024;

    /// <summary>In bytes. Much more is read of a line than is shown: what is hidden is looked for in all of that, and half a password at the cut is never reached.</summary>
    private const int LongestRead = 64 * 1024;

    public static async IAsyncEnumerable<SseItem<string>> Follow(
        DockerEngine engine, string containerId, int tail, HiddenValues hidden, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new LogRequest(tail, Follow: true, Timestamps: true) { LongestLine = LongestRead };
        await using var lines = engine.Containers.ReadLogsAsync(containerId, request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isWithinLine = new Dictionary<LogStream, bool>();
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
            var isRest = isWithinLine.GetValueOrDefault(line.Stream);
            isWithinLine[line.Stream] = line.Continues;
            if (!isRest)
            {
                yield return new SseItem<string>(JsonSerializer.Serialize(Shown(line, hidden.In(line.Text)), DeploymentsJson.Default.LogLineResponse), "line");
            }
        }
    }

    private static LogLineResponse Shown(LogLine line, string text) =>
        new(line.At, line.Stream == LogStream.Error ? "stderr" : "stdout", text.Length > LongestLine ? text[..LongestLine] : text, line.Continues || text.Length > LongestLine);
}
