namespace Plimsoll.Candidates;

/// <summary>Turned round: a sender may want to wait for the end of the deployment that its message began.</summary>
internal interface IDeploymentWatch
{
    /// <summary>Returns when the deployment is over or the token says that the time is.</summary>
    /// <returns>The state's name and the sentence about it; null when there is no such deployment.</returns>
    Task<(string State, string? Reason)?> WaitAsync(string deploymentId, CancellationToken timeIsOver);
}
