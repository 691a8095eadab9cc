namespace Plimsoll.Registry.Tags;

/// <summary>Finds the next page in Link headers: several links in one header, quoted or bare "rel", relative or absolute addresses.</summary>
internal static class LinkHeader
{
    private const int LongestHeader = 8 * 1024;

    /// <summary>The text between the angle brackets of the link whose relation is "next", or null.</summary>
    public static string? Next(IEnumerable<string> headers)
    {
        foreach (var header in headers.Where(header => header.Length <= LongestHeader))
        {
            // A comma separates links only outside the brackets; splitting at '<' avoids the question.
            foreach (var link in header.Split('<').Skip(1))
            {
                var end = link.IndexOf('>');
                if (end > 0 && IsNext(link[(end + 1)..]))
                {
                    return link[..end];
                }
            }
        }

        return null;
    }

    private static bool IsNext(string parameters)
    {
        foreach (var parameter in parameters.Split(';', ','))
        {
            var parts = parameter.Split('=', 2);
            if (parts.Length == 2
                && parts[0].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase)
                && parts[1].Trim().Trim('"').Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
