using System.Globalization;
using System.Text;

namespace Plimsoll.Docker;

/// <summary>
/// Where an engine listens. Understands the forms of <c>DOCKER_HOST</c>: <c>unix:///path</c>, <c>tcp://host:port</c>,
/// <c>http://</c> and <c>https://</c>. Nothing is read or connected here; certificates are read anew for each connection, so that
/// renewed ones take effect by themselves.
/// </summary>
public sealed record DockerEndpoint
{
    /// <summary>What the Docker tools use when <c>DOCKER_HOST</c> is not set.</summary>
    public const string Default = "unix:///var/run/docker.sock";

    private const int LongestSocketPath = 107;

    private DockerEndpoint(string address) => Address = address;

    /// <summary>The address as it is shown in messages; holds no secret.</summary>
    public string Address { get; }

    /// <summary>The path of the unix socket; null for TCP.</summary>
    public string? SocketPath { get; private init; }

    /// <summary>The host name or IP address; null for a unix socket.</summary>
    public string? Host { get; private init; }

    /// <summary>The TCP port; 0 for a unix socket.</summary>
    public int Port { get; private init; }

    /// <summary>Whether the connection is encrypted.</summary>
    public bool UsesTls { get; private init; }

    /// <summary>The folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>; null when there is none. Each file may be absent.</summary>
    public string? CertificatePath { get; private init; }

    /// <summary>
    /// Whether the server's certificate must be valid. False only for a certificate folder without <c>DOCKER_TLS_VERIFY</c>, which is what
    /// the Docker tools make of that combination: encrypted, but not authenticated.
    /// </summary>
    public bool VerifiesServer { get; private init; }

    /// <summary>Reads an address in one of the forms of <c>DOCKER_HOST</c>.</summary>
    /// <exception cref="FormatException">The address has another form. The message says what to write instead.</exception>
    public static DockerEndpoint Parse(string host, string? certificatePath = null, bool verifyTls = false)
    {
        ArgumentNullException.ThrowIfNull(host);
        var text = host.Trim();
        if (text.StartsWith("unix://", StringComparison.Ordinal))
        {
            return ParseSocket(text);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("tcp" or "http" or "https") || uri.Host.Length == 0)
        {
            throw new FormatException(
                $"\"{text}\" is not the address of a Docker engine. Write unix:///path/to/docker.sock, tcp://host:port, http://host:port or https://host:port.");
        }

        if (uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw new FormatException(
                $"The address of the Docker engine at {uri.Host} has more than a host and a port. Write {uri.Scheme}://host:port.");
        }

        var folder = string.IsNullOrWhiteSpace(certificatePath) ? null : certificatePath;
        var tls = uri.Scheme == "https" || (uri.Scheme == "tcp" && (folder is not null || verifyTls));
        var port = uri.IsDefaultPort || uri.Port < 0 ? DefaultPort(uri, tls) : uri.Port;
        return new DockerEndpoint(string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{uri.Host}:{port}"))
        {
            Host = uri.IdnHost,
            Port = port,
            UsesTls = tls,
            CertificatePath = tls ? folder : null,
            VerifiesServer = tls && (verifyTls || folder is null),
        };
    }

    /// <summary>
    /// Reads <c>DOCKER_HOST</c>, <c>DOCKER_CERT_PATH</c> and <c>DOCKER_TLS_VERIFY</c> (any value but an empty one turns it on; without a
    /// certificate path the files of <c>~/.docker</c> are used, as the Docker tools do).
    /// </summary>
    /// <exception cref="FormatException"><c>DOCKER_HOST</c> has an unknown form.</exception>
    public static DockerEndpoint FromEnvironment(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var host = read("DOCKER_HOST");
        var folder = read("DOCKER_CERT_PATH");
        var verify = !string.IsNullOrEmpty(read("DOCKER_TLS_VERIFY"));
        if (verify && string.IsNullOrWhiteSpace(folder) && read("HOME") is { Length: > 0 } home)
        {
            folder = Path.Combine(home, ".docker");
        }

        return Parse(string.IsNullOrWhiteSpace(host) ? Default : host, folder, verify);
    }

    /// <summary>The address.</summary>
    public override string ToString() => Address;

    private static DockerEndpoint ParseSocket(string text)
    {
        var path = text["unix://".Length..];
        if (!path.StartsWith('/'))
        {
            throw new FormatException($"\"{text}\" does not name a socket by its full path. Write unix:///path/to/docker.sock, with three slashes.");
        }

        // The kernel's limit for the address of a unix socket, less the closing zero.
        if (Encoding.UTF8.GetByteCount(path) > LongestSocketPath)
        {
            throw new FormatException($"The socket path \"{path}\" is longer than {LongestSocketPath} bytes, which the system does not allow.");
        }

        return new DockerEndpoint(text) { SocketPath = path };
    }

    // Uri knows a default for http and https, but engines do not listen on 80 and 443 unless somebody says so in full.
    private static int DefaultPort(Uri uri, bool tls)
    {
        var written = uri.OriginalString.AsSpan(uri.Scheme.Length + 3).TrimEnd('/');
        return written.EndsWith($":{uri.Port}") ? uri.Port : tls ? 2376 : 2375;
    }
}
