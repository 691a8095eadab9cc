namespace Plimsoll.Edge;

/// <summary>An instance at an address. An instance that comes back at another address is another destination.</summary>
internal readonly record struct DestinationKey(string InstanceId, Uri Address);
