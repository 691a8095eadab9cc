using Plimsoll.Deployments.ByHand;
using Plimsoll.Registry;

namespace Plimsoll.Deployments;

/// <summary>One container of a stage. Its id is the id of the deployment that made it.</summary>
internal sealed record Instance
{
    public required string Id { get; init; }
    public required long StageId { get; init; }
    public required string ContainerName { get; init; }
    public required string Repository { get; init; }
    public required string Tag { get; init; }
    public required Digest Digest { get; init; }

    /// <summary>The port inside the container; 0: the image has none and gets no route.</summary>
    public int Port { get; init; }

    public required Standing Standing { get; init; }

    /// <summary>Changed by <see cref="InstanceStore.Move"/> only.</summary>
    public Wish Wish { get; init; }

    /// <summary>Why the last wish was not fulfilled; null: it was, or there was none.</summary>
    public string? WishReason { get; init; }

    /// <summary>Why it does not run though it should, as a sentence; null: nothing is known against it.</summary>
    public string? Trouble { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the deployment that made it: the order of age.</summary>
    public long Sequence { get; init; }
}
