using System.Net;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Where the server is that a command talks to.</summary>
/// <param name="Url">Ends with a slash, so that paths can be put behind it.</param>
/// <param name="IsThisMachine">Whether the token of this machine's data folder may be sent there: it must not leave the machine.</param>
internal sealed record ServerAddress(Uri Url, bool IsThisMachine)
{
    public const string Variable = "PLIMSOLL_URL";

    /// <summary>The option goes before PLIMSOLL_URL, and that before what the server of this machine listens on.</summary>
    /// <exception cref="CommandFailedException">What was given is not an address.</exception>
    public static ServerAddress Find(string? option, Func<string, string?> variable)
    {
        var listen = Listen(variable);
        if (!string.IsNullOrWhiteSpace(option))
        {
            return Parse("--url", option, listen);
        }

        return variable(Variable) is { } text && !string.IsNullOrWhiteSpace(text)
            ? Parse(Variable, text, listen)
            : new ServerAddress(listen, IsThisMachine: true);
    }

    /// <summary>"All addresses" is a place to listen, not a place to go.</summary>
    public static Uri ToReach(Uri listen)
    {
        var host = listen.IdnHost;
        return IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(listen) { Host = ip.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]" }.Uri
            : listen;
    }

    public override string ToString() => Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private static Uri Listen(Func<string, string?> variable) =>
        variable(EnvironmentSettings.Listen) is { } text && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var listen) && listen.Scheme == Uri.UriSchemeHttp
            ? ToReach(listen)
            : new Uri(EnvironmentSettings.DefaultListen);

    private static ServerAddress Parse(string origin, string text, Uri listen)
    {
        var isAddress = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url!.Query.Length == 0 && url.Fragment.Length == 0;
        if (!isAddress)
        {
            throw new CommandFailedException(ExitCode.Problem, $"{origin}: '{text}' is not the address of a Plimsoll. Write it like {EnvironmentSettings.DefaultListen}.");
        }

        if (url!.UserInfo.Length > 0)
        {
            // Not repeated: it is a secret that other users of this machine could read already.
            throw new CommandFailedException(ExitCode.Problem, $"{origin}: a name or password does not belong into the address. Give a token in {ApiToken.Variable} instead.");
        }

        var folder = url.AbsolutePath.EndsWith('/') ? url : new UriBuilder(url) { Path = url.AbsolutePath + "/" }.Uri;
        return new ServerAddress(folder, url.IsLoopback || (url.Host == listen.Host && url.Port == listen.Port));
    }
}
