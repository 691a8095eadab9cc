namespace Plimsoll.Docker;

/// <summary>What is mounted.</summary>
public enum MountKind
{
    /// <summary>A volume by name. The engine creates it when it does not exist.</summary>
    Volume,

    /// <summary>A file or folder of the host, which must exist.</summary>
    Bind,

    /// <summary>Memory, empty at each start.</summary>
    Tmpfs,
}
