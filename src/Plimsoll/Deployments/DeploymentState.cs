namespace Plimsoll.Deployments;

/// <summary>Where a deployment is. The one table of what may follow what is <see cref="DeploymentTransitions"/>.</summary>
internal enum DeploymentState
{
    /// <summary>Waits for its turn on the stage.</summary>
    Queued,

    /// <summary>The image is being brought here, by digest.</summary>
    Pulling,

    /// <summary>The candidate's container is being made and started beside the one that serves.</summary>
    Starting,

    /// <summary>The candidate runs and has to prove itself.</summary>
    Verifying,

    /// <summary>The faces are being moved to the candidate.</summary>
    Switching,

    /// <summary>Requests under way on instances that will go may finish.</summary>
    Draining,

    /// <summary>Instances that have no more requests are stopped and removed.</summary>
    Retiring,

    /// <summary>The candidate is being removed; what served before goes on serving.</summary>
    RollingBack,

    /// <summary>End: the new version is live.</summary>
    Succeeded,

    /// <summary>End: the new version was proven bad and is gone; its digest is blocked.</summary>
    RolledBack,

    /// <summary>End: the new version could not be tried.</summary>
    Failed,

    /// <summary>End: a newer deployment took its place before it began.</summary>
    Superseded,

    /// <summary>End: a person stopped it.</summary>
    Cancelled,
}
