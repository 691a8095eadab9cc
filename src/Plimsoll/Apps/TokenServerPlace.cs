namespace Plimsoll.Apps;

/// <summary>Where the token server of a kind of registry is.</summary>
internal enum TokenServerPlace
{
    /// <summary>Often at another host than the registry: the registry's word is taken, within the rules against traps.</summary>
    Anywhere,

    /// <summary>Always at the registry's own host; any other is refused.</summary>
    AtRegistry,

    /// <summary>Always at the registry's own host, yet often announced at an internal one: it is asked at the registry's host whatever it says.</summary>
    MovedToRegistry,
}
