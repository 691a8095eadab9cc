namespace Plimsoll.Candidates.Images;

/// <summary>Names of variables whose value is better not shown. Pure.</summary>
internal static class SecretNames
{
    private static readonly string[] Parts = ["password", "passwd", "passphrase", "secret", "token", "credential", "apikey", "api_key", "private", "_key", "_pwd", "_auth", "dsn", "connection_string", "connectionstring"];

    public static bool LooksSecret(string name) => Array.Exists(Parts, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
