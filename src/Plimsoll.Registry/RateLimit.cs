namespace Plimsoll.Registry;

/// <summary>
/// What a registry said about pulls still allowed (Docker Hub's ratelimit headers). Asking for a digest does not count as a pull;
/// reading a manifest does.
/// </summary>
/// <param name="Limit">Pulls in a window.</param>
/// <param name="Remaining">Pulls left in it.</param>
/// <param name="Window">How long a window is.</param>
/// <param name="Source">Whom the registry counts: an address, or the id of a user. Null where it does not say.</param>
public sealed record RateLimit(int? Limit, int? Remaining, TimeSpan? Window, string? Source);
