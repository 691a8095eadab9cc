using Plimsoll.Candidates;
using Plimsoll.Decisions;

namespace Plimsoll.Inventory.Containers;

/// <summary>How a container stands (seed 003 §4).</summary>
internal enum ContainerStatus
{
    UpToDate,

    /// <summary>There is another image for it, whether it may be taken by itself, waits, or wants a person.</summary>
    UpdateAvailable,

    Skipped,

    /// <summary>What its registry has is not known.</summary>
    Error,
}

internal static class ContainerStatuses
{
    /// <summary>Of a container whose registry was asked and answered, or need not be asked.</summary>
    public static ContainerStatus Of(Decision decision) => decision switch
    {
        { ReasonCode: ReasonCode.UpToDate or ReasonCode.SameOnThisPlatform } => ContainerStatus.UpToDate,
        { Verdict: Verdict.Skip } => ContainerStatus.Skipped,
        _ => ContainerStatus.UpdateAvailable,
    };
}
