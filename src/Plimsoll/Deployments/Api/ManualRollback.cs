using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Deployments.Api;

/// <summary>A person brings back an earlier deployment: its very digest, with the configuration of that time.</summary>
internal sealed class ManualRollback(DeploymentStore deployments, InstanceStore instances, ICandidateJudge judge)
{
    public async Task<Outcome<Judgement>> RequestAsync(string deploymentId, string requestedBy, CancellationToken cancellationToken)
    {
        if (deployments.Find(deploymentId) is not { } target)
        {
            return Refusal.NotFound($"There is no deployment '{deploymentId}'.");
        }

        if (target.State != DeploymentState.Succeeded)
        {
            return Refusal.Conflict($"Deployment {target.Id} ended as {DeploymentTransitions.Name(target.State)}: only what was live once can be brought back.");
        }

        if (instances.Find(target.Id)?.Standing == Standing.Live)
        {
            return new Judgement(Verdict.Skip, ReasonCode.AlreadyLive, $"Deployment {target.Id} ({target.Artifact.Tag}) is what is live already.", null, null, null);
        }

        var judgements = await judge.JudgeAsync(
            new Candidate
            {
                Artifact = target.Artifact,
                Trigger = CandidateTrigger.Manual,
                RequestedBy = requestedBy,
                StageId = target.StageId,
                // Whoever names the deployment to go back to has said clearly enough what they want.
                Confirmed = true,
                Again = true,
                RollbackOf = target.Id,
            },
            cancellationToken);
        return judgements[0];
    }
}
