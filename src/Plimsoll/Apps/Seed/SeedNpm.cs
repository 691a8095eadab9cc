namespace Plimsoll.Apps.Seed;

internal sealed record SeedNpm(string Url, string Email, SeedSecret Password);
