namespace Plimsoll.Access.Api;

/// <summary>The one answer that holds recovery codes. Each signs in once in the place of a code of the app.</summary>
public sealed record RecoveryCodesResponse(IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>Records print their properties; this one holds secrets.</summary>
    public override string ToString() => "recovery codes";
}
