using Plimsoll.Registry;

namespace Plimsoll.Decisions.Containers;

/// <summary>A container of the engine, whoever started it, and the image that is offered to it.</summary>
internal sealed record ContainerSighting
{
    public required string Name { get; init; }

    /// <summary>The reference as it was written when the container was made: <c>nginx:1.25</c>.</summary>
    public required string Image { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The digests under which the engine has pulled the image, of any repository; none: it was built here.</summary>
    public IReadOnlyList<Digest> RepoDigests { get; init; } = [];

    /// <summary>The engine's own id of the image.</summary>
    public string? LocalImageId { get; init; }

    /// <summary>Such as <c>linux/amd64</c>; for people.</summary>
    public string? Platform { get; init; }

    /// <summary>The tag that is offered: the container's own, or a newer version where versions are followed.</summary>
    public string? CandidateTag { get; init; }

    /// <summary>A person who asks for this update; null: it is looked at without being asked.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>A person has said that they mean it.</summary>
    public bool Confirmed { get; init; }
}
