namespace Plimsoll.Apps.Seed;

/// <param name="Project">Without the number of its registry, which only the store knows.</param>
/// <param name="Registry">The name of a registry; null: none is named.</param>
internal sealed record SeedProject(string Path, Project Project, string? Registry, IReadOnlyList<Stage> Stages);
