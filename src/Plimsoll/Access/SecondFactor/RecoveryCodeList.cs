namespace Plimsoll.Access.SecondFactor;

/// <summary>Recovery codes on their way to their owner. Cannot print itself.</summary>
internal sealed class RecoveryCodeList(IReadOnlyList<string> codes)
{
    public IReadOnlyList<string> Codes => codes;

    public override string ToString() => "recovery codes (hidden)";
}
