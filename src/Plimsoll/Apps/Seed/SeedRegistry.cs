namespace Plimsoll.Apps.Seed;

/// <param name="Entry">Without its token.</param>
internal sealed record SeedRegistry(string Path, RegistryEntry Entry, SeedSecret? Token);
