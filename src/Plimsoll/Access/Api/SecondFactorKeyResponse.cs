using Plimsoll.Access.SecondFactor;

namespace Plimsoll.Access.Api;

/// <summary>The one answer that holds the key of an authenticator app.</summary>
/// <param name="Secret">To be typed in, as Base32.</param>
/// <param name="Uri">To be shown as a QR code: <c>otpauth://totp/…</c>.</param>
public sealed record SecondFactorKeyResponse(string Secret, string Uri)
{
    internal static SecondFactorKeyResponse From(string user, byte[] key)
    {
        var secret = Base32.Encode(key);
        return new SecondFactorKeyResponse(secret, $"otpauth://totp/Plimsoll:{System.Uri.EscapeDataString(user)}?secret={secret}&issuer=Plimsoll");
    }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => "second factor's key";
}
