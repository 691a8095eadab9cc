namespace Plimsoll.Edge.Api;

/// <summary>What visitors are told, as plain text of at most 500 characters; absent: only that the stage is under maintenance.</summary>
public sealed record MaintenanceRequest
{
    public string? Message { get; init; }
}
