using Plimsoll.Candidates.Senders;

namespace Plimsoll.Candidates.Hooks;

/// <summary>Where a message comes from.</summary>
/// <param name="Address">Of the sender, or the name of the person who replays a message.</param>
internal sealed record MessageOrigin(string Address)
{
    /// <summary>The message that a person has read once more.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>The projects of that person; null: all.</summary>
    public IReadOnlyCollection<long>? OnlyProjects { get; init; }

    /// <summary>For people: "GitHub at 140.82.115.1".</summary>
    public string SenderFor(string kind) => ReplayOf is not null ? $"{Address}, who replayed message {ReplayOf}"
        : kind == SenderKind.Simple ? Address
        : $"{SenderKind.Name(kind)} at {Address}";
}
