namespace Plimsoll.Decisions.Containers;

/// <summary>Turned round: whoever knows the containers comes later in the story, and judges one anew when a person has said something about it.</summary>
internal interface IContainerLook
{
    /// <summary>By what its registry said at the last look. Nothing happens when the container is gone.</summary>
    Task JudgeAgainAsync(string container, CancellationToken cancellationToken);
}
