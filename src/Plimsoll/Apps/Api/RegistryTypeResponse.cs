namespace Plimsoll.Apps.Api;

/// <summary>A kind of registry, and what is taken where a field is left empty.</summary>
/// <param name="Url">Where it is, for kinds that are one service.</param>
/// <param name="UsernameHint">What to write as the user.</param>
/// <param name="TokenHint">What to write as the token.</param>
public sealed record RegistryTypeResponse(
    string Type, string Title, string? Url, string UsernameHint, string TokenHint, double RequestsPerSecond, int Concurrency)
{
    internal static RegistryTypeResponse From(RegistryType type) =>
        new(type.Name, type.Title, type.Host, type.UsernameHint, type.TokenHint, type.Pace.RequestsPerSecond, type.Pace.Concurrency);
}
