namespace Plimsoll.Apps.Seed;

/// <param name="Entry">Without its token and its authorities.</param>
/// <param name="Authorities">No secret, but written like one: here, or in a file of its own.</param>
internal sealed record SeedRegistry(string Path, RegistryEntry Entry, SeedSecret? Token, SeedSecret? Authorities);
