using Plimsoll.Decisions.Containers;

namespace Plimsoll.Tests.Decisions.Pending;

/// <summary>For tests about stages, in which nobody has a word to say about a container.</summary>
internal sealed class NoContainers : IContainerLook
{
    public Task JudgeAgainAsync(string container, CancellationToken cancellationToken) => throw new InvalidOperationException($"Nobody asked about {container}.");
}
