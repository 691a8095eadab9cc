using System.Net.WebSockets;
using System.Text;

namespace Plimsoll.Bench;

/// <summary>Sends numbered messages over a WebSocket; each must be answered before the next.</summary>
internal sealed class WebSocketClient(int number, Target target, Tally tally, SwitchClock switches, TimeProvider time)
    : StreamClient(TrafficKind.WebSocket, number, target, tally, switches, time)
{
    // Any 16 bytes will do: the key guards against proxies that mistake a handshake for a request, not against people.
    private const string Upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cGxpbXNvbGwtYmVuY2gtMQ==\r\n";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);
    private readonly byte[] _buffer = new byte[1024];

    protected override async Task StreamAsync(CancellationToken stopping)
    {
        using var opening = Deadline();
        using var connection = await OpenAsync(opening.Token);
        var openedAt = Time.GetTimestamp();
        await connection.SendHeadAsync("GET", "/ws", Target.Host, Upgrade, opening.Token);
        var head = await connection.Answers.ReadHeadAsync(opening.Token);
        if (head.Status != 101)
        {
            throw new ProtocolException($"{head.Status}: {await connection.Answers.ReadBodyAsync(head, opening.Token)}");
        }

        using var socket = connection.AsWebSocket();
        for (var message = 1; !stopping.IsCancellationRequested; message++)
        {
            using var deadline = Deadline();
            if (await AskAsync(socket, message, deadline.Token) is not { } answer)
            {
                return;
            }

            Accept(answer, message, openedAt);
            await ThinkAsync(_pause, stopping);
        }

        using var closing = Deadline();
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, closing.Token);
    }

    /// <returns>Null when the server closes the WebSocket instead.</returns>
    private async Task<string?> AskAsync(WebSocket socket, int message, CancellationToken cancellationToken)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{message}").AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var answer = await socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
        return answer.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(_buffer, 0, answer.Count);
    }
}
