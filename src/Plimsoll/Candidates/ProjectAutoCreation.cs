using System.Runtime.InteropServices;
using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>Makes a project for an image that no project has, out of what the image says of itself (seed 000).</summary>
internal sealed class ProjectAutoCreation(ProjectStore projects, SettingsStore settings, AppsChanges changes, RegistryDesk registry) : IDisposable
{
    // Ten first webhooks for one image at once must make one project.
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <returns>The project that runs this repository, made just now if need be; null when making is switched off.</returns>
    public async Task<Project?> EnsureProjectAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        if (Find(reference) is { } known)
        {
            return known;
        }

        if (!settings.Read().AutoCreateProjects || reference.Tag is null)
        {
            return null;
        }

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (Find(reference) is { } madeMeanwhile)
            {
                return madeMeanwhile;
            }

            var image = await registry.ReadConfigurationAsync(reference, ThisPlatform(), cancellationToken);
            var (project, stage) = ProjectDefaults.From(reference, image, [.. projects.List().Select(project => project.Name)]);
            var outcome = await changes.AddProjectAsync(project, [stage], cancellationToken);
            return outcome.IsRefused(out var refusal)
                ? throw new InvalidOperationException($"The project made for {reference} was refused: {refusal.Message}")
                : projects.Find(outcome.Value);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private Project? Find(ImageReference reference) => projects.ByRepository(reference.Name).FirstOrDefault();

    public static Platform ThisPlatform() => new("linux", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant() is var name && name == "x64" ? "amd64" : name, null);
}
