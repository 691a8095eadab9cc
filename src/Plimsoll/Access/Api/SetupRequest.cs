namespace Plimsoll.Access.Api;

/// <summary>The code of the set-up link and the password for the user <c>admin</c>.</summary>
public sealed record SetupRequest
{
    public string? Code { get; init; }

    /// <summary>10 to 256 characters.</summary>
    public string? Password { get; init; }

    /// <summary>Records print their properties; this one holds secrets.</summary>
    public override string ToString() => "set-up";
}
