using System.Net;

namespace Plimsoll.Registry.Transport;

/// <summary>The system's proxy settings, except that this machine is never reached through a proxy, which would look for it on itself.</summary>
internal sealed class LoopbackDirectProxy(IWebProxy system) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => system.Credentials;
        set => system.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => system.GetProxy(destination);

    public bool IsBypassed(Uri host) => NetworkPlaces.Of(host) == NetworkPlace.Loopback || system.IsBypassed(host);
}
