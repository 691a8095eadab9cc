namespace Plimsoll.Apps.Credentials;

/// <summary>A password of Amazon's registry, with the user it belongs to, as long as it is good.</summary>
internal sealed record EcrPassword(string Username, string Password, DateTimeOffset UsableUntil)
{
    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"a password of {Username} until {UsableUntil:u}";
}
