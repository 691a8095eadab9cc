namespace Plimsoll.Bench;

/// <summary>Listens to server-sent events, whose numbers must have no gap.</summary>
internal sealed class EventClient(int number, Target target, Tally tally, SwitchClock switches, TimeProvider time)
    : StreamClient(TrafficKind.Events, number, target, tally, switches, time)
{
    private const string Mark = "data: ";

    protected override async Task StreamAsync(CancellationToken stopping)
    {
        using var opening = Deadline();
        using var connection = await OpenAsync(opening.Token);
        var openedAt = Time.GetTimestamp();
        await connection.SendHeadAsync("GET", "/events", Target.Host, "Accept: text/event-stream\r\n", opening.Token);
        var head = await connection.Answers.ReadHeadAsync(opening.Token);
        if (!head.IsGood || !head.IsChunked)
        {
            throw new ProtocolException($"{head.Status}: {await connection.Answers.ReadBodyAsync(head, opening.Token)}");
        }

        var expected = 1;
        var rest = "";
        while (!stopping.IsCancellationRequested)
        {
            using var deadline = Deadline();
            if (await connection.Answers.ReadChunkAsync(deadline.Token) is not { } chunk)
            {
                return;
            }

            // A proxy may cut the stream into other chunks than those it was sent in.
            var events = (rest + chunk).Split("\n\n");
            rest = events[^1];
            foreach (var data in events[..^1])
            {
                Accept(data.StartsWith(Mark, StringComparison.Ordinal) ? data[Mark.Length..] : data, expected++, openedAt);
            }
        }
    }
}
