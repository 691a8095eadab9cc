namespace Plimsoll.Candidates.Hooks;

/// <summary>A message that came in at a webhook, as it is kept.</summary>
internal sealed record WebhookMessage
{
    public long Sequence { get; init; }

    public required string Id { get; init; }

    public required long WebhookId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="Senders.SenderKind"/>.</summary>
    public required string Sender { get; init; }

    public required string Address { get; init; }

    public required string Method { get; init; }

    /// <summary>The status of the answer.</summary>
    public int Status { get; init; }

    /// <summary>Whether it named images.</summary>
    public bool Named { get; init; }

    /// <summary>Of a message that named none.</summary>
    public string? ReasonCode { get; init; }

    public string? Reason { get; init; }

    /// <summary>The sender's own number of the message.</summary>
    public string? EventId { get; init; }

    /// <summary>The message that a person had read once more.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>The size of the message as it came.</summary>
    public int PayloadBytes { get; init; }

    /// <summary>How many of its bytes are kept.</summary>
    public int PayloadKept { get; init; }

    /// <summary>JSON: names and values, secrets hidden.</summary>
    public string Headers { get; init; } = "{}";

    public string? Payload { get; init; }

    public IReadOnlyList<WebhookSighting> Sightings { get; init; } = [];

    /// <summary>Whether nothing of it was cut off.</summary>
    public bool IsWhole => Payload is not null && PayloadKept >= PayloadBytes;

    /// <summary>It holds what a stranger wrote.</summary>
    public override string ToString() => $"message {Id}";
}

/// <summary>One image of a message, and what became of it.</summary>
internal sealed record WebhookSighting
{
    public string MessageId { get; init; } = "";

    public required string Image { get; init; }

    public string Repository { get; init; } = "";

    public string? EventId { get; init; }

    /// <summary>The delivery that was made of it, or that it belongs to; null: none was made.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>Why it made no delivery of its own.</summary>
    public string? ReasonCode { get; init; }

    public string? Reason { get; init; }

    /// <summary>Of its delivery, so far.</summary>
    public string? Decision { get; init; }

    public string? DecisionCode { get; init; }

    public string? DecisionReason { get; init; }

    public string? DeploymentId { get; init; }
}
