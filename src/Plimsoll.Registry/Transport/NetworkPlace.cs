namespace Plimsoll.Registry.Transport;

/// <summary>
/// What kind of place an address written as a literal is. Names count as public whatever they resolve to: a token server inside the
/// own network has a name, while an attack on cloud metadata or a local port is written as an address.
/// </summary>
internal enum NetworkPlace
{
    Public,
    Private,
    LinkLocal,
    Loopback,
}
