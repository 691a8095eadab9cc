namespace Plimsoll.Edge;

/// <summary>Something else listens where the proxy should.</summary>
internal sealed class AddressTakenException(Uri address, Exception cause) : IOException(
    $"The proxy can't listen on {address.GetLeftPart(UriPartial.Authority)}: another program already does. "
    + "Stop that program, or set PLIMSOLL_PROXY_LISTEN to another address, for example http://127.0.0.1:8001.",
    cause)
{
    public Uri Address { get; } = address;
}
