namespace Plimsoll.Access.Api;

/// <summary>Name and password, as a person types them, and the code of a second factor.</summary>
public sealed record LoginRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Of the authenticator app, or a recovery code; only for users with a second factor.</summary>
    public string? Code { get; init; }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => "sign-in";
}
