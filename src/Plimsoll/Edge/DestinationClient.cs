using System.Net;
using System.Text;

namespace Plimsoll.Edge;

/// <summary>Makes the HTTP client of one destination: it passes on what it is given and adds nothing.</summary>
internal static class DestinationClient
{
    // Many servers close a quiet connection after five seconds (Node, uvicorn). Letting go before them keeps a POST, which can't be
    // sent twice, from meeting a connection that is being closed at that very moment. The pool looks once a second.
    private static readonly TimeSpan _idleConnection = TimeSpan.FromSeconds(3);

    /// <param name="connections">Null: whoever listens at the address is believed to be the right one.</param>
    public static HttpMessageInvoker Open(TimeSpan connectTimeout, ProvenConnections? connections) =>
        new(new PromptBodyHandler(NewHandler(connectTimeout, connections)), disposeHandler: true);

    private static SocketsHttpHandler NewHandler(TimeSpan connectTimeout, ProvenConnections? connections) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        // The proof has a limit of its own, and an engine that hangs must not cost a visitor the answer.
        ConnectTimeout = connections is null ? connectTimeout : connectTimeout + SharedQuestion.Patience,
        PooledConnectionIdleTimeout = _idleConnection,
        ConnectCallback = connections is null ? null : (connection, cancellationToken) => connections.OpenAsync(connection.DnsEndPoint, cancellationToken),

        // Latin-1 on both sides of the proxy hands every byte of a header on as it came, whatever encoding it was meant in.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    };
}
