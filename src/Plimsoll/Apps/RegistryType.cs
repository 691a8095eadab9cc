using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>What is known of one kind of registry before anybody has said anything about it.</summary>
/// <param name="Host">Where it is, for kinds that are one service; null: everybody runs their own.</param>
/// <param name="TokenServer">Where its token server may be.</param>
/// <param name="Pace">How fast it may be asked where a person says nothing else.</param>
/// <param name="UsernameHint">What to write as the user, for a person.</param>
/// <param name="TokenHint">What to write as the token.</param>
internal sealed record RegistryType(
    string Name, string Title, string? Host, TokenServerPlace TokenServer, RegistryPace Pace, string UsernameHint, string TokenHint);
