namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Something of which only the name is of interest.</summary>
internal sealed record NamedThing(string Name);
