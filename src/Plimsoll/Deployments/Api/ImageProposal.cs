using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Deployments.Api;

/// <summary>What a project for an image would be, and where each value comes from. Pure: what is known is passed in.</summary>
internal static class ImageProposal
{
    /// <summary>As <see cref="ProjectDefaults"/>, but made by a person.</summary>
    public static (Project Project, Stage Stage) Defaults(ImageReference reference, ImageConfiguration image, IReadOnlyCollection<string> takenNames)
    {
        var (project, stage) = ProjectDefaults.From(reference, image, takenNames);
        return (project with { AutoCreated = false }, stage);
    }

    /// <param name="projectOfImage">A project that has this image already.</param>
    /// <param name="urlOf">The address of a host as people open it.</param>
    public static InspectionResponse Of(
        ImageReference reference, ImageConfiguration image, IReadOnlyCollection<string> takenNames, string? projectOfImage, Settings settings, Func<string, string> urlOf)
    {
        var (project, stage) = Defaults(reference, image, takenNames);
        var host = HostNames.ForStage(settings, project.Name, stage);
        var fields = new ProposedFields(
            new ProposedText(project.Name, NameSource(reference, project.Name)),
            new ProposedNumber(project.Port, image.ExposedTcpPorts.Count switch { 0 => "the image has no EXPOSE, so it gets no address", 1 => "EXPOSE of the image", _ => "the lowest EXPOSE of the image" }),
            new ProposedText(project.HealthPath, HealthSource(project, image)),
            new ProposedText(stage.Name, "the form of the tag"),
            new ProposedText(stage.TagPattern, "the form of the tag"),
            new ProposedText(SubdomainOf(settings, project, stage), $"the pattern {settings.SubdomainPattern} of the settings"),
            new ProposedText(project.Port == 0 ? null : urlOf(host), project.Port == 0 ? "an image without a port gets no address" : "the subdomain and the domain of the settings"));
        return new InspectionResponse(
            reference.ToString(),
            image.ResolvedDigest.ToString(),
            projectOfImage,
            fields,
            [.. image.Environment.Select(variable => variable.Split('=', 2)[0])],
            image.Labels);
    }

    /// <summary>The label that the settings' pattern makes. Whoever sends it back has chosen nothing of their own.</summary>
    public static string SubdomainOf(Settings settings, Project project, Stage stage) =>
        HostNames.ForStage(settings, project.Name, stage with { Subdomain = null }).Split('.', 2)[0];

    private static string NameSource(ImageReference reference, string name) =>
        HostNames.Label(reference.Repository.Split('/')[^1]) == name
            ? "the last part of the image's name"
            : "the last part of the image's name, changed so that it is a name and free";

    private static string HealthSource(Project project, ImageConfiguration image) =>
        project.HealthPath is not null ? "the label plimsoll.health-path"
        : image.HasHealthCheck ? "HEALTHCHECK of the image decides"
        : project.Port != 0 ? "a connection to the port decides"
        : "it has to stay up for a while";
}
