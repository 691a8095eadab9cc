namespace Plimsoll.Edge;

/// <summary>Reads the name out of a Host header: no port, no trailing dot, no brackets. Never throws, whatever a client sends.</summary>
internal static class HostName
{
    /// <summary>The name, in the case it came in (compare it without case). Empty when the header names no host.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> header)
    {
        if (header.StartsWith('['))
        {
            var end = header.IndexOf(']');
            return end > 1 && IsPort(header[(end + 1)..]) ? header[1..end] : [];
        }

        var colon = header.IndexOf(':');
        if (colon < 0)
        {
            return WithoutTrailingDot(header);
        }

        // Two colons without brackets: an IPv6 literal written bare. It can't carry a port.
        return header[(colon + 1)..].Contains(':') ? header : WithoutTrailingDot(header[..colon]);
    }

    private static bool IsPort(ReadOnlySpan<char> rest) => rest.IsEmpty || (rest[0] == ':' && !rest[1..].ContainsAnyExceptInRange('0', '9'));

    private static ReadOnlySpan<char> WithoutTrailingDot(ReadOnlySpan<char> name) => name.EndsWith('.') ? name[..^1] : name;
}
