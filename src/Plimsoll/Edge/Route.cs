namespace Plimsoll.Edge;

/// <summary>One public name bound to one instance.</summary>
/// <param name="Host">The public name: lower case, no port, no trailing dot.</param>
/// <param name="InstanceId">The instance that answers for the name.</param>
/// <param name="Address">
/// Where the instance listens, <c>http://ip:port</c>. Null: the container behind the address has not been proven to be the right one yet,
/// so nothing may be sent there.
/// </param>
/// <param name="Project">The project that owns the name.</param>
/// <param name="Stage">The stage of that project.</param>
/// <param name="StageId">The stage's number: unlike its name it never changes, so a pause goes by it.</param>
internal sealed record Route(string Host, string InstanceId, Uri? Address, string Project, string Stage, long StageId);
