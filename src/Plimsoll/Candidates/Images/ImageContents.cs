namespace Plimsoll.Candidates.Images;

/// <summary>What an image says of itself, as it was read from its registry. Bounded; values whose names look secret are hidden.</summary>
internal sealed record ImageContents
{
    /// <summary>When it was built; null: it does not say, or says what nobody believes, as reproducible builds do with 1970.</summary>
    public DateTimeOffset? Created { get; init; }

    public string? Version { get; init; }

    /// <summary>The commit it was built from.</summary>
    public string? Revision { get; init; }

    /// <summary>Where its source is, as a web address.</summary>
    public string? Source { get; init; }

    /// <summary>Its layers as they travel; null: the registry does not tell.</summary>
    public long? LayerBytes { get; init; }

    public IReadOnlyList<ImageVariable> Environment { get; init; } = [];

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>The digest of this platform's manifest; the image's own digest where it has one platform only.</summary>
    public string? PlatformDigest { get; init; }
}

/// <summary>A variable that an image sets.</summary>
/// <param name="Fingerprint">Of a hidden value: tells whether it changed, and nothing else; null: the value is shown.</param>
internal sealed record ImageVariable(string Name, string Value, string? Fingerprint = null);

/// <summary>What is known of one digest of a repository.</summary>
/// <param name="FirstSeenAt">When Plimsoll first met it.</param>
/// <param name="Contents">Null: not read, or it could not be.</param>
/// <param name="Problem">Why it could not be read; null: it was, or nobody has tried.</param>
internal sealed record ImageFacts(DateTimeOffset FirstSeenAt, ImageContents? Contents = null, string? Problem = null);
