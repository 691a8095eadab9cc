namespace Plimsoll.Registry;

/// <summary>The steps of reaching a registry, in the order they are taken.</summary>
public enum ConnectionStep
{
    /// <summary>Finding the address behind the name.</summary>
    Dns,

    /// <summary>Opening a connection to it and getting an answer in time.</summary>
    Connect,

    /// <summary>Agreeing on encryption and trusting the certificate.</summary>
    Tls,

    /// <summary>Signing in.</summary>
    Authentication,

    /// <summary>Being allowed to.</summary>
    Permission,

    /// <summary>Getting the answer a registry would give.</summary>
    Protocol,
}
