namespace Plimsoll.Docker;

/// <summary>The answer to waiting for a container.</summary>
internal sealed record ContainerExit(long StatusCode, ContainerExit.Problem? Error)
{
    internal sealed record Problem(string? Message);
}
