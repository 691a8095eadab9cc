namespace Plimsoll.Access.Api;

/// <summary>What the app shows.</summary>
public sealed record SecondFactorCodeRequest
{
    /// <summary>Six digits.</summary>
    public string? Code { get; init; }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => "code";
}
