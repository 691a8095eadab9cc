namespace Plimsoll.Deployments.ByHand;

/// <summary>What a person wants of an instance. Stored before it is done, so that a crash changes nothing; while there is one, nobody is let in.</summary>
internal enum Wish
{
    /// <summary>That it serves.</summary>
    None,

    /// <summary>Its requests may finish, then its container is stopped.</summary>
    Stopping,

    /// <summary>It is stopped, and stays so until a person starts it.</summary>
    Stopped,

    /// <summary>Its container is started and has to prove itself.</summary>
    Starting,

    /// <summary>As <see cref="Stopping"/>, then as <see cref="Starting"/>.</summary>
    Restarting,

    /// <summary>Its names are taken away, its requests may finish, then its container goes.</summary>
    Removing,
}
