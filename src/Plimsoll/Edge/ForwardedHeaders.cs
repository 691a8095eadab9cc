using System.Net;
using System.Net.Http.Headers;

namespace Plimsoll.Edge;

/// <summary>Tells the instance who asked, and keeps clients from telling it themselves.</summary>
internal sealed class ForwardedHeaders(IReadOnlyList<IPNetwork> trustedProxies)
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string Host = "X-Forwarded-Host";
    private const string RequestId = "X-Request-Id";

    public void Write(HttpContext context, HttpRequestHeaders outgoing)
    {
        var client = Plain(context.Connection.RemoteIpAddress);
        var incoming = context.Request.Headers;
        if (IsTrusted(client))
        {
            var chain = incoming[For].ToString();
            Set(outgoing, For, chain.Length == 0 ? $"{client}" : $"{chain}, {client}");
            SetIfAbsent(outgoing, incoming, Proto, context.Request.Scheme);
            SetIfAbsent(outgoing, incoming, Host, context.Request.Host.Value);
        }
        else
        {
            RemoveClaims(outgoing, incoming);
            Set(outgoing, For, $"{client}");
            Set(outgoing, Proto, context.Request.Scheme);
            Set(outgoing, Host, context.Request.Host.Value);
        }

        SetIfAbsent(outgoing, incoming, RequestId, Guid.NewGuid().ToString("N"));
    }

    private static void RemoveClaims(HttpRequestHeaders outgoing, IHeaderDictionary incoming)
    {
        foreach (var (name, _) in incoming)
        {
            if (IsClaim(name))
            {
                outgoing.Remove(name);
            }
        }
    }

    /// <summary>
    /// Headers that applications take for a proxy's word. An underscore counts as a hyphen, because CGI-like servers turn both into the
    /// same variable; "Proxy" is among them because there it becomes the variable that HTTP clients read their own proxy from.
    /// </summary>
    private static bool IsClaim(string name)
    {
        if (name.Length == 0 || (name[0] | 0x20) is not ('x' or 'f' or 'p'))
        {
            return false;
        }

        var plain = name.Contains('_') ? name.Replace('_', '-') : name;
        return plain.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
            || plain.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
            || plain.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
            || plain.Equals("Proxy", StringComparison.OrdinalIgnoreCase);
    }

    private static void SetIfAbsent(HttpRequestHeaders outgoing, IHeaderDictionary incoming, string name, string? value)
    {
        if (!incoming.ContainsKey(name))
        {
            Set(outgoing, name, value);
        }
    }

    private static void Set(HttpRequestHeaders outgoing, string name, string? value)
    {
        outgoing.Remove(name);
        outgoing.TryAddWithoutValidation(name, value);
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private bool IsTrusted(IPAddress? client)
    {
        if (client is null)
        {
            return false;
        }

        foreach (var network in trustedProxies)
        {
            if (network.Contains(client))
            {
                return true;
            }
        }

        return false;
    }
}
