namespace Plimsoll.Registry.Authentication;

/// <summary>A bearer token and the last moment at which it may still be sent. A class, so that no generated text shows its value.</summary>
internal sealed class RegistryToken(string value, DateTimeOffset usableUntil)
{
    public string Value => value;

    public DateTimeOffset UsableUntil => usableUntil;
}
