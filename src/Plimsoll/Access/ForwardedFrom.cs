using Microsoft.AspNetCore.HttpOverrides;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Access;

/// <summary>
/// Believes X-Forwarded-For, -Proto and -Host of the proxies that the environment names, and of nobody else: the throttle, the
/// audit trail, the cookie's Secure and the check of the own origin all stand on them.
/// </summary>
internal static class ForwardedFrom
{
    public static void UseForwardedFrom(this WebApplication app)
    {
        if (app.Services.GetService<ServeOptions>()?.TrustedProxies is not { Count: > 0 } proxies)
        {
            return;
        }

        // As many proxies in a row as are named; the first that is not is the client.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        app.UseForwardedHeaders(options);
    }
}
