namespace Plimsoll.Deployments;

/// <summary>What an instance is to its stage.</summary>
internal enum Standing
{
    /// <summary>Not proven yet; gets no traffic.</summary>
    Candidate,

    /// <summary>The stage's name points at it.</summary>
    Live,

    /// <summary>An earlier version that stays running (max_instances), reachable by its tag's name.</summary>
    Kept,

    /// <summary>Taken out of the router; to be stopped when its requests are over.</summary>
    Retiring,
}
