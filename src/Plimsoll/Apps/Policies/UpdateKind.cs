namespace Plimsoll.Apps.Policies;

/// <summary>How large a step between two versions is, smallest first.</summary>
internal enum UpdateKind
{
    /// <summary>The same version, with another content.</summary>
    Digest,
    Patch,
    Minor,
    Major,
}
