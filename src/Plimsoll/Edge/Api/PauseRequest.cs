namespace Plimsoll.Edge.Api;

/// <summary>For how long requests may wait; absent: as the settings say.</summary>
public sealed record PauseRequest
{
    /// <summary>1 to 3600.</summary>
    public int? Seconds { get; init; }
}
