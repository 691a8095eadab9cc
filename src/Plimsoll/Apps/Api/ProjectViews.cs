using System.Security.Claims;
using Plimsoll.Access;

namespace Plimsoll.Apps.Api;

/// <summary>Makes a project's response for one caller: the values of variables are for those who may change them.</summary>
internal sealed class ProjectViews(ProjectStore projects, StageStore stages, SettingsStore settings)
{
    public ProjectResponse Of(long id, ClaimsPrincipal user) =>
        Of(projects.Find(id) ?? throw new InvalidOperationException($"Project {id} is gone right after it was added."), user);

    public ProjectResponse Of(Project project, ClaimsPrincipal user) =>
        ProjectResponse.From(project, stages.OfProject(project.Id), settings.Read(), MayChange(user));

    private static bool MayChange(ClaimsPrincipal user) => user.FindCaller()?.Role >= Role.Operator;
}
