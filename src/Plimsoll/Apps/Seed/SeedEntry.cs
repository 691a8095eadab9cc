namespace Plimsoll.Apps.Seed;

/// <param name="At">Where the key stands.</param>
internal sealed record SeedEntry(string Key, SeedMark At, SeedNode Value);
