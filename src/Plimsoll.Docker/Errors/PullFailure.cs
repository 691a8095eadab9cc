namespace Plimsoll.Docker;

/// <summary>Why an image could not be pulled, read from the engine's message.</summary>
public enum PullFailure
{
    /// <summary>None of the others; the engine's message is all there is.</summary>
    Other,

    /// <summary>The repository, the tag, the digest or this platform's image does not exist.</summary>
    NotFound,

    /// <summary>
    /// The registry asks for a sign-in or refuses the one it got. Docker Hub answers so for repositories that do not exist, too.
    /// </summary>
    Denied,

    /// <summary>No connection to the registry: name, network, TLS, time-out, or the registry's own server error.</summary>
    RegistryUnreachable,

    /// <summary>The registry asks to slow down.</summary>
    RateLimited,

    /// <summary>The engine's disk is full.</summary>
    DiskFull,
}
