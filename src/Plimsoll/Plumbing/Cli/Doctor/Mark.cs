using System.Text.Json.Serialization;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>What a check came to.</summary>
internal enum Mark
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Nothing is wrong, but it is worth knowing or could not be looked at.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Something has to be done: Plimsoll cannot work like this, or not safely.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}
