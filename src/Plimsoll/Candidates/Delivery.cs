using System.Globalization;

namespace Plimsoll.Candidates;

/// <summary>A message from outside that says "look at this image". Kept until it is decided, also through a crash.</summary>
internal sealed record Delivery
{
    public required string Id { get; init; }

    /// <summary>No two are alike: it is also the order in which the messages came in.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Canonical reference, with a tag or a digest.</summary>
    public required string Image { get; init; }

    /// <summary>Where it came from, for people.</summary>
    public required string Sender { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The verdict so far, in lower case; null: not looked at yet.</summary>
    public string? Decision { get; init; }
    public string? ReasonCode { get; init; }
    public string? Reason { get; init; }
    public string? DeploymentId { get; init; }

    /// <summary>The digest that the sender named. What is deployed is always asked of the registry.</summary>
    public string? Hint { get; init; }

    /// <summary>The numbers of the projects that it is for, with commas between them; null: all.</summary>
    public string? Projects { get; init; }

    public IReadOnlyCollection<long>? ProjectIds =>
        Projects?.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();

    public static string? ProjectsText(IReadOnlyCollection<long>? ids) => ids is null ? null : string.Join(',', ids.Order());
}
