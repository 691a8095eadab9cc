namespace Plimsoll.Candidates.Schedules;

/// <summary>What a job does (seed 003 §8).</summary>
internal enum JobKind
{
    /// <summary>Looks into the registries and has what it sees decided.</summary>
    Scan,

    /// <summary>Lets go what waits for an update job.</summary>
    Update,
}
