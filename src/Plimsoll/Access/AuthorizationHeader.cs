using System.Text;

namespace Plimsoll.Access;

/// <summary>Takes the two kinds of <c>Authorization</c> header apart that Plimsoll knows. Nothing a client sends makes it throw.</summary>
internal static class AuthorizationHeader
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    public static bool IsBasic(string header) => header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for another kind of header.</summary>
    public static string? Token(string header) =>
        header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    /// <summary>Null for a header that cannot be read. A password may hold colons, a name may not.</summary>
    public static (string Name, string Password)? NameAndPassword(string header)
    {
        var encoded = header[Basic.Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
