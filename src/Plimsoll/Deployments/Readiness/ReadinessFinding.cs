namespace Plimsoll.Deployments.Readiness;

/// <summary>What a look at a candidate told.</summary>
internal abstract record ReadinessFinding
{
    private ReadinessFinding()
    {
    }

    /// <summary>What the candidate answered when it was asked, good or bad; null when nobody asked it.</summary>
    public string? Probe { get; init; }

    /// <summary>It may get traffic.</summary>
    public sealed record Ready : ReadinessFinding;

    /// <summary>It may still become ready.</summary>
    public sealed record NotYet(string Why) : ReadinessFinding;

    /// <summary>It will not become ready: waiting longer is of no use.</summary>
    public sealed record Broken(string Code, string Sentence) : ReadinessFinding;
}
