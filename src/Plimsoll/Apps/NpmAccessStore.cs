using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Apps;

/// <summary>The access to Nginx Proxy Manager among the settings; the password is sealed, as Base64.</summary>
internal sealed class NpmAccessStore(Store store, SecretBox secrets)
{
    private const string UrlKey = "npm_url";
    private const string EmailKey = "npm_email";
    private const string PasswordKey = "npm_password_sealed";
    private const string Purpose = "Nginx Proxy Manager password";

    /// <summary>Null when nobody has given any.</summary>
    public NpmAccess? Read() => store.Read(connection => From(key => SettingsStore.Value(connection, key)));

    public void Write(WriteScope scope, NpmAccess access)
    {
        SettingsStore.Put(scope, UrlKey, access.Url);
        SettingsStore.Put(scope, EmailKey, access.Email);
        SettingsStore.Put(scope, PasswordKey, Convert.ToBase64String(secrets.Seal(access.Password, Purpose)));
    }

    private NpmAccess? From(Func<string, string?> value) =>
        value(UrlKey) is { } url && value(EmailKey) is { } email && value(PasswordKey) is { } password
            ? new NpmAccess(url, email, secrets.Open(Convert.FromBase64String(password), Purpose))
            : null;
}
