namespace Plimsoll.Candidates;

/// <summary>An artifact newly seen, and who said so.</summary>
internal sealed record Candidate
{
    public required Artifact Artifact { get; init; }

    public required CandidateTrigger Trigger { get; init; }

    /// <summary>For people: "webhook from 10.0.0.5", "admin", "poll".</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Only this stage is asked for; null: every stage whose pattern fits.</summary>
    public long? StageId { get; init; }

    /// <summary>Only these projects may have it; null: all that run its repository.</summary>
    public IReadOnlyCollection<long>? OnlyProjects { get; init; }

    /// <summary>A person has said yes to this one deployment.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Deploy even though the same digest is live already, for example after a change of the environment.</summary>
    public bool Again { get; init; }

    /// <summary>The deployment of the same stage whose version and configuration are to come back.</summary>
    public string? RollbackOf { get; init; }

    /// <summary>An update job asks for what was found before.</summary>
    public bool ByUpdateJob { get; init; }

    public string? DeliveryId { get; init; }

    /// <summary>Judged before and looked at again, because something changed; put on record only if the answer did.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>When the wish came in, which may be long before it can be decided; null: just now.</summary>
    public DateTimeOffset? AskedAt { get; init; }
}
