namespace Plimsoll.Plumbing.Dashboard;

/// <summary>One file of the dashboard, as it lies in the program: plain, and compressed where that makes it smaller.</summary>
/// <param name="IsForever">Its name changes with its content, so a browser never needs to ask for it again.</param>
/// <param name="Tag">Stands for the content in <c>ETag</c>, without quotes.</param>
/// <param name="Resources">Name of the resource by <c>Content-Encoding</c>; "" is the plain one.</param>
internal sealed record DashboardFile(string Path, string ContentType, bool IsForever, string Tag, IReadOnlyDictionary<string, string> Resources)
{
    /// <summary>The smallest form that the client understands.</summary>
    public string EncodingFor(string acceptEncoding) =>
        Accepts(acceptEncoding, "br") && Resources.ContainsKey("br") ? "br"
        : Accepts(acceptEncoding, "gzip") && Resources.ContainsKey("gzip") ? "gzip"
        : "";

    private static bool Accepts(string header, string encoding) => header.Split(',').Any(offer =>
        offer.Split(';', 2) is [var name, .. var rest]
        && name.Trim().Equals(encoding, StringComparison.OrdinalIgnoreCase)
        && !(rest is [var quality] && quality.Replace(" ", "", StringComparison.Ordinal) is "q=0" or "q=0.0" or "q=0.00" or "q=0.000"));
}
