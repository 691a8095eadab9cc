namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>How much an import brought in.</summary>
internal sealed record ImportCount(int Registries, int Projects, int Stages);
