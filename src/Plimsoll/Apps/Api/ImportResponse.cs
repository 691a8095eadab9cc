namespace Plimsoll.Apps.Api;

/// <summary>How much an import brought in.</summary>
public sealed record ImportResponse(int Registries, int Projects, int Stages);
