namespace Plimsoll.Access.Api;

/// <summary>Name and password, as a person types them.</summary>
public sealed record LoginRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => "sign-in";
}
