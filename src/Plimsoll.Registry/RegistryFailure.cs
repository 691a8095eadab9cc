namespace Plimsoll.Registry;

/// <summary>Why a registry did not give what was asked for.</summary>
public enum RegistryFailure
{
    /// <summary>No answer: name, network, certificate, time-out, or a gateway that says so itself.</summary>
    Unreachable,

    /// <summary>It wants a credential, or refused the one given. Many registries also say this of an image that does not exist.</summary>
    Unauthorized,

    /// <summary>The credential is known but may not do this.</summary>
    Denied,

    /// <summary>No such repository, tag, digest or platform.</summary>
    NotFound,

    /// <summary>Asked too often; see <see cref="RegistryException.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>An answer that is wrong, cut off, unsafe to follow, or does not have the digest it should have.</summary>
    BadAnswer,

    /// <summary>An answer beyond the limits of <see cref="RegistryClientOptions"/>.</summary>
    TooLarge,
}
