namespace Plimsoll.Access;

/// <summary>What a caller may do; each role may do everything the ones before it may.</summary>
internal enum Role
{
    /// <summary>Sees everything, changes nothing.</summary>
    Viewer,

    /// <summary>Deploys, promotes, rolls back, starts and stops.</summary>
    Operator,

    /// <summary>Changes what should run, and who may.</summary>
    Admin,
}
