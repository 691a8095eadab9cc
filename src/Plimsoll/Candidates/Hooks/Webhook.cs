using Plimsoll.Access.Projects;

namespace Plimsoll.Candidates.Hooks;

/// <summary>A secret address at which senders say that an image was pushed.</summary>
internal sealed record Webhook
{
    /// <summary>The one that is always there; its address used to be part of the settings.</summary>
    public const string Default = "default";

    public const int Most = 100;

    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The last part of the address.</summary>
    public required string Secret { get; init; }

    /// <summary>What messages have to be signed with; null: they need not be.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>The host under which the images of this sender are known; null: as the sender says.</summary>
    public string? Registry { get; init; }

    /// <summary>The projects whose images are considered; null: all.</summary>
    public ProjectScope? Projects { get; init; }

    public bool Enabled { get; init; } = true;

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>122 random bits.</summary>
    public static string NewSecret() => Guid.NewGuid().ToString();

    /// <summary>Records print their properties; this one holds secrets.</summary>
    public override string ToString() => $"webhook {Name}";
}
