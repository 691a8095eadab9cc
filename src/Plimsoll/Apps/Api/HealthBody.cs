namespace Plimsoll.Apps.Api;

/// <summary>How a new container proves itself. What is absent in a request has its default; in an answer it is decided elsewhere, as each field says.</summary>
public sealed record HealthBody
{
    /// <summary>Seconds in which failures do not count, before the deadline begins; null: the start period of the image's own HEALTHCHECK, or none.</summary>
    public int? StartSeconds { get; init; }

    /// <summary>Seconds between two questions; null: often at first, then once a second.</summary>
    public int? IntervalSeconds { get; init; }

    /// <summary>Seconds one answer may take.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>How often in a row it must be found well.</summary>
    public int? Successes { get; init; }

    /// <summary>Good statuses of the health path: <c>200-399</c>, or <c>200-299,401</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Seconds all of it may take after the start period; null: the setting <c>healthSeconds</c>.</summary>
    public int? DeadlineSeconds { get; init; }

    internal static HealthBody From(HealthProof proof) => new()
    {
        StartSeconds = proof.StartSeconds,
        IntervalSeconds = proof.IntervalSeconds,
        TimeoutSeconds = proof.TimeoutSeconds,
        Successes = proof.Successes,
        Status = proof.Status,
        DeadlineSeconds = proof.DeadlineSeconds,
    };

    internal HealthProof ToProof()
    {
        var defaults = new HealthProof();
        return new HealthProof(
            StartSeconds, IntervalSeconds, TimeoutSeconds ?? defaults.TimeoutSeconds, Successes ?? defaults.Successes, Status ?? defaults.Status, DeadlineSeconds);
    }
}
