namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>The answer of /healthz and /readyz, which have no envelope: "ok", or what is wrong.</summary>
internal sealed record ServerHealth(string? Status);

/// <summary>What the doctor needs of the settings.</summary>
internal sealed record ServerSettings(string? Network);

/// <summary>A registry that the server knows.</summary>
internal sealed record RegistryEntry(long Id, string? Name, string? Url);

/// <summary>What the server found when it tried a registry.</summary>
internal sealed record RegistryTest(bool Ok, string? Text);
