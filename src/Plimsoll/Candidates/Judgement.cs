namespace Plimsoll.Candidates;

/// <summary>The verdict on one candidate for one stage, as the sender of the candidate is told it.</summary>
internal sealed record Judgement(Verdict Verdict, string ReasonCode, string Reason, string? Project, string? Stage, string? DeploymentId)
{
    /// <summary>Of several stages' judgements the one to answer with: a deployment before a question, a question before a no.</summary>
    public static Judgement Foremost(IReadOnlyList<Judgement> judgements) => judgements.MinBy(judgement => judgement.Verdict switch
    {
        Verdict.Deploy => 0,
        // "The same is being deployed already" answers a webhook that was sent twice better than another stage's question.
        _ when judgement.DeploymentId is not null => 1,
        Verdict.Ask => 2,
        Verdict.Wait => 3,
        _ => 4,
    })!;
}
