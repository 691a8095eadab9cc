using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Deployments.Api;

/// <summary>A person asks for a tag on a stage: looked up in the registry, judged like everything else, and answered with the reason.</summary>
internal sealed class ManualDeployment(ProjectStore projects, StageStore stages, RegistryDesk registry, ICandidateJudge judge)
{
    public async Task<Outcome<Judgement>> RequestAsync(string projectId, string stageName, DeployRequest request, string requestedBy, CancellationToken cancellationToken)
    {
        if (projects.Find(projectId) is not { } project)
        {
            return Refusal.NotFound($"There is no project '{projectId}'.");
        }

        if (stages.Find(project.Id, stageName) is not { } stage)
        {
            return Refusal.NotFound($"The project {project.Name} has no stage '{stageName}'.");
        }

        if (stage.Deleting)
        {
            return Refusal.Conflict($"{project.Name}/{stage.Name} is being deleted.");
        }

        if (!ImageReference.IsValidTag(request.Tag ?? ""))
        {
            return Refusal.Invalid("tag", "Say which tag to deploy: letters, digits, '.', '_' and '-', at most 128 characters.");
        }

        var reference = ImageReference.Parse(project.Repository).WithTag(request.Tag!);
        var digest = await registry.ResolveAsync(reference, project.RegistryId, cancellationToken);
        var judgements = await judge.JudgeAsync(
            new Candidate
            {
                Artifact = new Artifact(reference.Name, reference.Tag!, digest),
                Trigger = CandidateTrigger.Manual,
                RequestedBy = requestedBy,
                StageId = stage.Id,
                Confirmed = request.Confirm ?? false,
                Again = request.Again ?? false,
            },
            cancellationToken);
        return judgements[0];
    }

    /// <summary>202 when something was begun, 200 when it is so already, 409 when the answer is no.</summary>
    public static IResult Answer(Judgement judgement)
    {
        var response = new DeployResponse(judgement.Verdict.ToString().ToLowerInvariant(), judgement.ReasonCode, judgement.Reason, judgement.DeploymentId);
        return judgement switch
        {
            { Verdict: Verdict.Deploy } => Answers.Ok(response, StatusCodes.Status202Accepted),
            { ReasonCode: ReasonCode.AlreadyLive or ReasonCode.AlreadyUnderWay or ReasonCode.SameOnThisPlatform } => Answers.Ok(response),
            _ => Answers.Refused(Refusal.Conflict(judgement.Reason)),
        };
    }
}
