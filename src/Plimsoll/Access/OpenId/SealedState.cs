using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Access.OpenId;

/// <summary>What the provider carries for us from the way there to the way back, sealed with the key of the store and good for a quarter of an hour.</summary>
internal sealed class SealedState(SecretBox box, TimeProvider time) : ISecureDataFormat<AuthenticationProperties>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Purpose = "openid state";
    private const string Until = "plimsoll.until";
    private const int Longest = 8_000;

    public string Protect(AuthenticationProperties data)
    {
        data.Items[Until] = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Base64Url.EncodeToString(box.Seal(Convert.ToBase64String(PropertiesSerializer.Default.Serialize(data)), Purpose));
    }

    public string Protect(AuthenticationProperties data, string? purpose) => Protect(data);

    /// <returns>Null for what we did not seal, or too long ago.</returns>
    public AuthenticationProperties? Unprotect(string? protectedText)
    {
        if (protectedText is null or { Length: > Longest } || !Base64Url.IsValid(protectedText))
        {
            return null;
        }

        try
        {
            var data = PropertiesSerializer.Default.Deserialize(Convert.FromBase64String(box.Open(Base64Url.DecodeFromChars(protectedText), Purpose)));
            return data?.Items.TryGetValue(Until, out var until) == true
                && long.TryParse(until, CultureInfo.InvariantCulture, out var seconds) && seconds > time.GetUtcNow().ToUnixTimeSeconds()
                ? data
                : null;
        }
        catch (WrongEncryptionKeyException)
        {
            return null;
        }
    }

    public AuthenticationProperties? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
