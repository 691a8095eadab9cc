using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Tests.Docker;

/// <summary>Events for an engine's double to send, connection by connection.</summary>
internal static class EventScript
{
    public const long Second = 1_000_000_000;
    public const long Start = 1_795_229_734 * Second;

    public static string Line(string action, long nanoseconds, string name = "web") =>
        "{\"Type\":\"container\",\"Action\":\"" + action + "\",\"Actor\":{\"ID\":\"0cbe\",\"Attributes\":{\"name\":\"" + name + "\"}},\"scope\":\"local\",\"time\":"
        + (Start / Second) + ",\"timeNano\":" + (Start + nanoseconds) + "}";

    /// <summary>The lines of one connection after the other; after the last the connection stays open.</summary>
    public static Connections Script(EngineDouble server, params string[][] lines)
    {
        var connections = new Connections(server);
        var scripts = Channel.CreateUnbounded<string[]>();
        Array.ForEach(lines, script => scripts.Writer.TryWrite(script));
        server.On("GET", "/events", async context =>
        {
            scripts.Reader.TryRead(out var script);
            foreach (var line in script ?? [])
            {
                await context.Response.WriteAsync(line + "\n");
            }

            await context.Response.Body.FlushAsync();
            if (script is null)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });
        return connections;
    }

    internal sealed class Connections(EngineDouble server)
    {
        public IReadOnlyList<EngineDouble.SeenRequest> Seen => [.. server.Requests.Where(request => request.Path == "/events")];
    }
}
