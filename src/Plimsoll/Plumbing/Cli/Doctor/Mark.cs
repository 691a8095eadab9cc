namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>What a check came to.</summary>
internal enum Mark
{
    Ok,

    /// <summary>Nothing is wrong, but it is worth knowing or could not be looked at.</summary>
    Note,

    /// <summary>Plimsoll cannot do its work like this.</summary>
    Problem,
}
