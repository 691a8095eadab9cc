using Plimsoll.Apps;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments;

/// <summary>
/// Turned round: the router comes after deployments in the story, but a deployment has to move it. First the change is
/// recorded, in the transaction that moves the deployment's instances; then the router is made to agree with the record.
/// </summary>
internal interface ITrafficSwitch
{
    /// <summary>Points the stage's faces at the target. The names of other tags stay where they are.</summary>
    void Record(WriteScope scope, TrafficChange change);

    /// <summary>Takes instances out of every route.</summary>
    void Withdraw(WriteScope scope, IReadOnlyCollection<string> instanceIds);

    /// <summary>Makes the router agree with what is recorded. Doing it twice is doing it once.</summary>
    Task ApplyAsync(CancellationToken cancellationToken);

    /// <summary>Whether the router sends the stage's traffic to this instance now, at an address that was verified.</summary>
    bool Serves(long stageId, string instanceId);

    /// <summary>The addresses people can open for this instance.</summary>
    IReadOnlyList<string> AddressesOf(string instanceId);

    /// <summary>The address by which people open a host.</summary>
    string AddressOf(string host);

    /// <summary>Lets requests under way finish; then nobody can reach the instance through the router any more.</summary>
    /// <returns>How many requests were cut off at the limit.</returns>
    Task<int> DrainAsync(string instanceId, TimeSpan limit, CancellationToken cancellationToken);
}

/// <summary>Which instance a stage's traffic goes to from now on.</summary>
internal sealed record TrafficChange(Settings Settings, Project Project, Stage Stage, Instance Target);
