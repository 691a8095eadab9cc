using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>
/// Reads a deployment's log while it grows, each line once, until the deployment is over. A connection that is lost, or a
/// server that is being restarted, is waited for; the caller sets the limit.
/// </summary>
internal sealed class DeploymentFollower(ApiClient api, string id, Action<DeploymentLine> tell, TimeProvider time)
{
    private const int ServerAtFault = 50000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A connection whose other end has gone without a word looks like one on which nothing happens.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly string _path = $"api/deploys/{ApiClient.Part(id)}";
    private long _lastId;
    private TimeSpan _pause = FirstPause;

    /// <returns>The deployment at its end, as the API tells it.</returns>
    public async Task<JsonElement> FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await ReadToEndAsync(cancellationToken))
                {
                    return await ReadDeploymentAsync(cancellationToken);
                }
            }
            catch (Exception problem) when (MayPass(problem, cancellationToken))
            {
                // Not the end of the deployment, only of the connection.
            }

            await Task.Delay(_pause, time, cancellationToken);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }
    }

    public Task<JsonElement> ReadDeploymentAsync(CancellationToken cancellationToken) => api.GetAsync(_path, cancellationToken);

    private static bool MayPass(Exception problem, CancellationToken cancellationToken) => problem switch
    {
        ServerUnreachableException or IOException or HttpRequestException => true,
        RefusedException refused => refused.Code >= ServerAtFault,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private async Task<bool> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var response = await api.OpenEventsAsync(_path + "/logs", _lastId, either.Token);
        await using var body = await response.Content.ReadAsStreamAsync(either.Token);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(either.Token))
        {
            _pause = FirstPause;
            silence.CancelAfter(LongestSilence);
            if (item.EventType == "end")
            {
                return true;
            }

            Tell(item);
        }

        return false;
    }

    private void Tell(SseItem<string> item)
    {
        // Kinds of events that are new to this command are passed over.
        if (item.EventType != "step")
        {
            return;
        }

        using var document = JsonDocument.Parse(item.Data);
        var line = document.RootElement.To(CliJson.Default.DeploymentLine);
        if (line.Id > _lastId)
        {
            _lastId = line.Id;
            tell(line);
        }
    }
}
