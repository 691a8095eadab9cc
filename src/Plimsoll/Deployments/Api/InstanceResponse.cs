namespace Plimsoll.Deployments.Api;

/// <summary>An instance as clients see it.</summary>
/// <param name="Standing"><c>candidate</c>, <c>live</c>, <c>kept</c> or <c>retiring</c>.</param>
/// <param name="Status">What the engine says of the container; <c>unknown</c> while the engine cannot be asked, <c>missing</c> when it has no such container.</param>
public sealed record InstanceResponse(
    string Id,
    string Tag,
    string Digest,
    string Standing,
    string Status,
    string Container,
    int Port,
    IReadOnlyList<string> Addresses,
    DateTimeOffset CreatedAt);
