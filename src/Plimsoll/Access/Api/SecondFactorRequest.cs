namespace Plimsoll.Access.Api;

/// <summary>The password of the signed-in user, once more.</summary>
public sealed record SecondFactorRequest
{
    public string? Password { get; init; }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => "second factor";
}
