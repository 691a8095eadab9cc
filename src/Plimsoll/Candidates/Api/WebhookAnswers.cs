using Plimsoll.Candidates.Hooks;

namespace Plimsoll.Candidates.Api;

/// <summary>Waits until it is known what became of a message, for as long as its sender has patience.</summary>
internal sealed class WebhookAnswers(DeliveryStore deliveries, IDeploymentWatch deployments, TimeProvider time)
{
    private const int LongestWait = 600;

    /// <summary>Senders give up soon; within a second they get an answer, even if it is only "still asking".</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    /// <param name="wait">Seconds to wait for the ends of the deployments; null or 0: only for the decisions, and not long.</param>
    public async Task<WebhookResponse> WaitAsync(WebhookMessage message, int? wait, CancellationToken whenOver, CancellationToken cancellationToken)
    {
        var patience = wait is > 0 ? TimeSpan.FromSeconds(Math.Min(wait.Value, LongestWait)) : Patience;
        using var timer = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, whenOver);
        var sightings = new List<WebhookSighting>();
        foreach (var sighting in message.Sightings)
        {
            sightings.Add(sighting.DeliveryId is { } id ? With(sighting, await WaitForDecisionAsync(id, wait is > 0, either.Token)) : sighting);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var answer = MessageOutcome.Of(message with { Sightings = sightings });
        return wait is > 0 ? await WithEndsAsync(answer, either.Token) : answer;
    }

    private async Task<WebhookResponse> WithEndsAsync(WebhookResponse answer, CancellationToken timeIsOver)
    {
        var ended = new List<WebhookImageResponse>();
        foreach (var image in answer.Images)
        {
            var end = image.DeployId is { } id ? await deployments.WaitAsync(id, timeIsOver) : null;
            ended.Add(image with { State = end?.State, Outcome = end?.Reason });
        }

        var foremost = ended.MinBy(MessageOutcome.Rank);
        return answer with { Images = ended, State = foremost?.State, Outcome = foremost?.Outcome };
    }

    /// <param name="untilFinal">A sender who waits is not content with "trying again later".</param>
    private async Task<Delivery?> WaitForDecisionAsync(string id, bool untilFinal, CancellationToken timeIsOver)
    {
        while (true)
        {
            var next = deliveries.Changed.Next;
            var now = deliveries.Find(id);
            if (now is null || now.DecidedAt is not null || (now.Decision is not null && !untilFinal) || timeIsOver.IsCancellationRequested)
            {
                return now;
            }

            await next.WaitAsync(timeIsOver).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static WebhookSighting With(WebhookSighting sighting, Delivery? delivery) => sighting with
    {
        Decision = delivery?.Decision,
        DecisionCode = delivery?.ReasonCode,
        DecisionReason = delivery?.Reason,
        DeploymentId = delivery?.DeploymentId,
    };
}
