using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using static Plimsoll.Tests.Edge.RunningEdge;

namespace Plimsoll.Tests.Edge;

/// <summary>Both ends of a WebSocket through the proxy: an instance that says everything again, and a client.</summary>
internal static class EchoingSocket
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }
    }

    public static async Task<ClientWebSocket> ConnectAsync(RunningEdge edge)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", Host);
        await socket.ConnectAsync(new UriBuilder(edge.Address) { Scheme = "ws" }.Uri, Stop);
        return socket;
    }

    public static async Task<string> AskAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Stop);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, Stop);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
