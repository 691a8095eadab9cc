namespace Plimsoll.Deployments.Api;

/// <summary>An instance as clients see it.</summary>
/// <param name="Standing"><c>candidate</c>, <c>live</c>, <c>kept</c> or <c>retiring</c>.</param>
/// <param name="Status">What the engine says of the container; <c>unknown</c> while the engine cannot be asked, <c>missing</c> when it has no such container.</param>
/// <param name="Wish">What a person wants of it: <c>stopping</c>, <c>stopped</c>, <c>starting</c>, <c>restarting</c> or <c>removing</c>; null: that it serves. While there is one, the proxy lets nobody in.</param>
/// <param name="WishReason">Why it is stopped although a person wanted it started.</param>
/// <param name="Actions">What the caller may do now: <c>stop</c>, <c>start</c>, <c>restart</c>, <c>remove</c>.</param>
public sealed record InstanceResponse(
    string Id,
    string Tag,
    string Digest,
    string Standing,
    string Status,
    string Container,
    int Port,
    IReadOnlyList<string> Addresses,
    DateTimeOffset CreatedAt,
    string? Wish,
    string? WishReason,
    IReadOnlyList<string> Actions);
