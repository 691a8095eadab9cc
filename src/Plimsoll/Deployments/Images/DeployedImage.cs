namespace Plimsoll.Deployments.Images;

/// <summary>A deployment as far as its image is concerned.</summary>
/// <param name="Sequence">Order among all deployments.</param>
internal sealed record DeployedImage(long StageId, ImageName Name, DeploymentState State, long Sequence);
