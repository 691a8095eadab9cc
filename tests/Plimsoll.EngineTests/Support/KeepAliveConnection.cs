using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// One HTTP/1.1 client connection that repeats nothing. .NET's own client quietly sends a request again when a kept connection
/// turns out to be closed, and would so hide the very failures that a test under load is looking for.
/// </summary>
internal sealed class KeepAliveConnection : IDisposable
{
    private readonly TcpClient client;
    private readonly HttpAnswerReader reader;

    private KeepAliveConnection(TcpClient client)
    {
        this.client = client;
        reader = new HttpAnswerReader(client.GetStream());
    }

    public static async Task<KeepAliveConnection> OpenAsync(Uri server, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, cancellationToken);
            return new KeepAliveConnection(client);
        }
        catch (Exception)
        {
            client.Dispose();
            throw;
        }
    }

    public async Task<HttpAnswer> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        await client.GetStream().WriteAsync(request, cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    public static byte[] Request(LoadPattern pattern)
    {
        var method = pattern.UploadBytes > 0 ? "POST" : "GET";
        var length = pattern.UploadBytes > 0 ? $"Content-Length: {pattern.UploadBytes}\r\n" : "";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{method} {pattern.Path} HTTP/1.1\r\nHost: {pattern.Host}\r\nUser-Agent: plimsoll-load\r\n{length}\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. Enumerable.Repeat((byte)'x', pattern.UploadBytes)];
    }

    public void Dispose() => client.Dispose();
}
