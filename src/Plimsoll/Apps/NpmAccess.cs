namespace Plimsoll.Apps;

/// <summary>How to sign in to an Nginx Proxy Manager.</summary>
/// <param name="Url">Its address, for example <c>http://npm:81</c>.</param>
internal sealed record NpmAccess(string Url, string Email, string Password)
{
    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"Nginx Proxy Manager at {Url}";
}
