using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Deployments.Api;

/// <summary>
/// Makes a project for an image and deploys it. The registry is asked before anything is made; a request that was cut off between
/// the project and its deployment, or that is sent twice, goes on with the project that is there.
/// </summary>
internal sealed class QuickDeployment(
    ProjectStore projects, StageStore stages, SettingsStore settings, AppsChanges changes, RegistryDesk registry, DeploymentStore deployments, ICandidateJudge judge, ITrafficSwitch traffic) : IDisposable
{
    // The same request twice at once must make one project.
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task<Outcome<InspectionResponse>> InspectAsync(string? image, CancellationToken cancellationToken)
    {
        var parsed = Parse(image);
        if (parsed.IsRefused(out var refusal))
        {
            return refusal;
        }

        var reference = parsed.Value!;
        var configuration = await ReadAsync(reference, cancellationToken);
        return ImageProposal.Of(reference, configuration, TakenNames(), projects.ByRepository(reference.Name).FirstOrDefault()?.Name, settings.Read(), traffic.AddressOf);
    }

    public async Task<Outcome<QuickDeployResponse>> DeployAsync(QuickDeployRequest request, string who, CancellationToken cancellationToken)
    {
        var parsed = Parse(request.Image);
        if (parsed.IsRefused(out var refusal))
        {
            return refusal;
        }

        var reference = parsed.Value!;
        var configuration = await ReadAsync(reference, cancellationToken);
        var artifact = new Artifact(reference.Name, reference.Tag!, await registry.ResolveAsync(reference, null, cancellationToken));
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var place = await PlaceAsync(request, reference, configuration, artifact, cancellationToken);
            return place.IsRefused(out var no) ? no : await JudgeAsync(place.Value.Project, place.Value.Stage, artifact, who, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>The project and stage of the request: those that the same request has made before, or new ones.</summary>
    private async Task<Outcome<(Project Project, Stage Stage)>> PlaceAsync(
        QuickDeployRequest request, ImageReference reference, ImageConfiguration configuration, Artifact artifact, CancellationToken cancellationToken)
    {
        var (project, stage) = Over(request, ImageProposal.Defaults(reference, configuration, request.Name is null ? TakenNames() : []));
        var errors = Errors(request, project, stage);
        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        var there = request.Name is null
            ? projects.ByRepository(reference.Name).FirstOrDefault()
            : projects.List().FirstOrDefault(other => other.Name == request.Name);
        if (there is not null)
        {
            return Again(there, stage.Name, artifact) is { } known
                ? (there, known)
                : Refusal.Conflict(request.Name is null
                    ? $"Project {there.Name} runs this image already. Deploy it there, or say another name to make a second project."
                    : $"There is already a project '{there.Name}'.");
        }

        var added = await changes.AddProjectAsync(project, [stage], cancellationToken);
        return added.IsRefused(out var refusal) ? refusal : (projects.Find(added.Value)!, stages.OfProject(added.Value)[0]);
    }

    private async Task<Outcome<QuickDeployResponse>> JudgeAsync(Project project, Stage stage, Artifact artifact, string who, CancellationToken cancellationToken)
    {
        var judgements = await judge.JudgeAsync(
            new Candidate { Artifact = artifact, Trigger = CandidateTrigger.Manual, RequestedBy = who, StageId = stage.Id, Confirmed = true }, cancellationToken);
        return judgements[0] is { DeploymentId: { } id }
            ? new QuickDeployResponse(project.Name, stage.Name, id)
            : Refusal.Conflict(judgements[0].Reason);
    }

    /// <summary>The stage of a project that the same request has made, while its first deployment is not over or has not begun; else null.</summary>
    private Stage? Again(Project there, string stageName, Artifact artifact)
    {
        if (there.Repository != artifact.Repository || stages.Find(there.Id, stageName) is not { } stage)
        {
            return null;
        }

        return deployments.List(null, there.Id, null, 2) switch
        {
            [] => stage,
            [{ IsTerminal: false } only] when only.StageId == stage.Id && only.Digest == artifact.Digest => stage,
            _ => null,
        };
    }

    private (Project Project, Stage Stage) Over(QuickDeployRequest request, (Project Project, Stage Stage) proposed)
    {
        var project = proposed.Project with
        {
            Name = request.Name ?? proposed.Project.Name,
            Port = request.Port ?? proposed.Project.Port,
            HealthPath = request.Healthcheck is null ? proposed.Project.HealthPath : request.Healthcheck.Length == 0 ? null : request.Healthcheck,
            Environment = (request.Env ?? []).ToDictionary(pair => pair.Key, pair => pair.Value ?? ""),
        };
        var stage = proposed.Stage with
        {
            Name = request.Stage ?? proposed.Stage.Name,
            TagPattern = request.TagPattern ?? proposed.Stage.TagPattern,
            AutoDeploy = request.AutoDeploy ?? proposed.Stage.AutoDeploy,
        };
        var subdomain = string.IsNullOrEmpty(request.Subdomain) || request.Subdomain == ImageProposal.SubdomainOf(settings.Read(), project, stage) ? null : request.Subdomain;
        return (project, stage with { Subdomain = subdomain });
    }

    private static Dictionary<string, string> Errors(QuickDeployRequest request, Project project, Stage stage)
    {
        var errors = Validation.Of(project);
        foreach (var (field, message) in Validation.Of(stage, []))
        {
            errors[field == "name" ? "stage" : field] = message;
        }

        foreach (var (name, _) in (request.Env ?? []).Where(pair => pair.Value is null))
        {
            errors[$"env.{name}"] = "Write a text, or leave the variable out.";
        }

        return errors;
    }

    private static Outcome<ImageReference> Parse(string? image)
    {
        if (string.IsNullOrWhiteSpace(image))
        {
            return new Refusal(AnswerCode.ImageRequired, "Say which image, for example ghcr.io/acme/shop:v1.", new Dictionary<string, string> { ["image"] = "Say which image, for example ghcr.io/acme/shop:v1." });
        }

        return ImageReference.TryParse(image.Trim(), out var reference, out var problem)
            ? reference!.Tag is null ? reference.WithTag("latest") : reference
            : Refusal.Invalid("image", problem!);
    }

    private Task<ImageConfiguration> ReadAsync(ImageReference reference, CancellationToken cancellationToken) =>
        registry.ReadConfigurationAsync(reference, ProjectAutoCreation.ThisPlatform(), cancellationToken);

    private string[] TakenNames() => [.. projects.List().Select(project => project.Name)];
}
