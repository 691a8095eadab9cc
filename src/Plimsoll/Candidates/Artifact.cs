using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>What can be deployed. The tag is a name that moves; the digest is what is run.</summary>
/// <param name="Repository">Canonical, with registry: <c>docker.io/library/nginx</c>.</param>
internal sealed record Artifact(string Repository, string Tag, Digest Digest)
{
    /// <summary>The reference that is pulled and run.</summary>
    public string ByDigest => $"{Repository}@{Digest}";

    public override string ToString() => $"{Repository}:{Tag} ({Digest.Short})";
}
