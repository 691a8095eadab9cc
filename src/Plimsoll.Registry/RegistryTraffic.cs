namespace Plimsoll.Registry;

/// <summary>How one registry and its client get along just now.</summary>
public sealed record RegistryTraffic
{
    /// <summary>Nothing has been asked yet.</summary>
    public static RegistryTraffic None { get; } = new();

    /// <summary>Until then the registry is left alone, because it said so; null: it may be asked.</summary>
    public DateTimeOffset? CoolDownUntil { get; init; }

    /// <summary>A sentence without the registry's name at its beginning; null outside a cool-down.</summary>
    public string? CoolDownReason { get; init; }

    /// <summary>Until then polls do not ask, because it did not answer; a person's question is sent all the same.</summary>
    public DateTimeOffset? BackOffUntil { get; init; }

    /// <summary>Pulls still allowed, as the registry last said within its own window; null where it counts none.</summary>
    public RateLimit? Limit { get; init; }

    /// <summary>The last answer of any kind that was not a call for patience.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>What was wrong the last time it could not be reached or wanted to be left alone; null once it answered again.</summary>
    public string? LastProblem { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastProblemAt { get; init; }
}
