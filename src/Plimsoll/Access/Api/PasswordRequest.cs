namespace Plimsoll.Access.Api;

/// <summary>Another password for the user who is signed in.</summary>
public sealed record PasswordRequest
{
    public string? Current { get; init; }

    /// <summary>10 to 256 characters.</summary>
    public string? Next { get; init; }

    /// <summary>Records print their properties; this one holds secrets.</summary>
    public override string ToString() => "password change";
}
