namespace Plimsoll.Edge;

/// <summary>The address given for the proxy is one it can't listen on at all.</summary>
internal sealed class AddressUnusableException(Uri address, string problem, Exception? cause = null) : IOException(
    $"The proxy can't listen on {(address.IsAbsoluteUri ? address.GetLeftPart(UriPartial.Authority) : address)}: {problem}. "
    + "Set PLIMSOLL_PROXY_LISTEN to an address like http://127.0.0.1:8000 or http://0.0.0.0:80.",
    cause)
{
    public Uri Address { get; } = address;
}
