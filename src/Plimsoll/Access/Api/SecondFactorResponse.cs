namespace Plimsoll.Access.Api;

/// <param name="Enabled">Whether signing in asks for a code.</param>
/// <param name="RecoveryCodesLeft">How many of the ten have not been used.</param>
public sealed record SecondFactorResponse(bool Enabled, int RecoveryCodesLeft);
