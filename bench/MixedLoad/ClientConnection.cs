using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Plimsoll.Bench;

/// <summary>
/// One HTTP/1.1 connection that repeats nothing. .NET's own client quietly sends a request again when a kept connection turns out to be
/// closed, and would so hide what is looked for here.
/// </summary>
internal sealed class ClientConnection : IDisposable
{
    private readonly TcpClient _client;

    private ClientConnection(TcpClient client)
    {
        _client = client;
        Answers = new AnswerReader(client.GetStream());
    }

    public AnswerReader Answers { get; }

    public static async Task<ClientConnection> OpenAsync(Uri server, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, cancellationToken);
            return new ClientConnection(client);
        }
        catch (Exception)
        {
            client.Dispose();
            throw;
        }
    }

    /// <param name="further">Header lines, each with its line end.</param>
    public Task SendHeadAsync(string method, string path, string host, string further, CancellationToken cancellationToken) =>
        SendAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: plimsoll-bench\r\n{further}\r\n"), cancellationToken);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await _client.GetStream().WriteAsync(bytes, cancellationToken);

    /// <summary>What the connection is after an answer of 101.</summary>
    public WebSocket AsWebSocket() => Answers.HasMore
        ? throw new IOException("The server spoke before it was asked.")
        : WebSocket.CreateFromStream(_client.GetStream(), new WebSocketCreationOptions());

    public void Dispose() => _client.Dispose();
}
