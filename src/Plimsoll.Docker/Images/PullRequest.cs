namespace Plimsoll.Docker;

/// <summary>
/// An image to pull: the repository with its registry ("ghcr.io/org/app"), and a tag ("1.27") or a digest ("sha256:…"). A platform such as
/// "linux/arm64" is only needed when it is not the engine's own.
/// </summary>
public sealed record PullRequest(string Repository, string TagOrDigest, RegistryCredential? Credential = null, string? Platform = null)
{
    /// <summary>The form in which the engine finds the image afterwards: with ":" before a tag, "@" before a digest.</summary>
    public string Reference => $"{Repository}{(TagOrDigest.Contains(':') ? '@' : ':')}{TagOrDigest}";
}
