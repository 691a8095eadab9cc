namespace Plimsoll.Bench;

/// <summary>The proxy, and the name under which it publishes the application.</summary>
internal sealed record Target(Uri Proxy, string Host);
