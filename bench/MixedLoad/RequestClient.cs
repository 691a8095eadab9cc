namespace Plimsoll.Bench;

/// <summary>Sends request after request over a kept connection.</summary>
internal sealed class RequestClient(TrafficKind kind, int number, Target target, Tally tally, SwitchClock switches, TimeProvider time)
    : TrafficClient(kind, number, target, tally, time)
{
    private const int UploadSlices = 20;
    private static readonly byte[] _slice = new byte[256 * 1024];
    private static readonly TimeSpan _betweenSlices = TimeSpan.FromMilliseconds(50);
    private readonly (string Path, int Bytes, TimeSpan Pause) _habit = kind switch
    {
        TrafficKind.Fast => ("/", 0, TimeSpan.FromMilliseconds(20)),
        TrafficKind.Slow => ("/slow", 0, TimeSpan.FromMilliseconds(20)),
        TrafficKind.Upload => ("/upload", UploadSlices * _slice.Length, TimeSpan.FromMilliseconds(200)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Streams have clients of their own."),
    };

    public override async Task RunAsync(CancellationToken stopping)
    {
        ClientConnection? connection = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var deadline = Deadline();
                connection ??= await OpenAsync(deadline.Token);
                if (!await ExchangeAsync(connection, deadline.Token))
                {
                    connection.Dispose();
                    connection = null;
                }
            }
            catch (Exception trouble) when (IsConnectionTrouble(trouble))
            {
                connection?.Dispose();
                connection = null;
                await FailAsync(Words(trouble));
            }

            await ThinkAsync(_habit.Pause, stopping);
        }

        connection?.Dispose();
    }

    /// <summary>One request and its answer. Says whether the connection can be used again.</summary>
    private async Task<bool> ExchangeAsync(ClientConnection connection, CancellationToken cancellationToken)
    {
        var window = switches.Window;
        var sentAt = Time.GetTimestamp();
        var answer = connection.Answers.ReadHeadAsync(cancellationToken);
        bool isSent;
        try
        {
            isSent = await SendAsync(connection, answer, cancellationToken);
        }
        catch (IOException) when (answer.IsCompletedSuccessfully)
        {
            // An answer that came before the whole request was taken says more than the broken connection.
            isSent = false;
        }

        var head = await answer;
        var body = await connection.Answers.ReadBodyAsync(head, cancellationToken);
        var took = Time.GetElapsedTime(sentAt);
        if (Complaint(head, isSent, body, sentAt) is { } complaint)
        {
            await FailAsync(complaint);
        }
        else
        {
            Tally.Good(Kind);
            if (Kind == TrafficKind.Fast)
            {
                Tally.Took(took, window);
            }
        }

        return isSent && !head.ClosesConnection;
    }

    private async Task<bool> SendAsync(ClientConnection connection, Task<AnswerHead> answer, CancellationToken cancellationToken)
    {
        if (_habit.Bytes == 0)
        {
            await connection.SendHeadAsync("GET", _habit.Path, Target.Host, "", cancellationToken);
            return true;
        }

        await connection.SendHeadAsync("POST", _habit.Path, Target.Host, $"Content-Length: {_habit.Bytes}\r\n", cancellationToken);
        for (var slice = 0; slice < UploadSlices; slice++)
        {
            if (answer.IsCompleted)
            {
                return false;
            }

            await connection.SendAsync(_slice, cancellationToken);
            await Task.Delay(_betweenSlices, Time, cancellationToken);
        }

        return true;
    }

    private string? Complaint(AnswerHead head, bool isSent, string body, long sentAt)
    {
        var length = _habit.Bytes == 0 ? "" : $"{_habit.Bytes} ";
        if (!head.IsGood || !isSent || !body.StartsWith(length, StringComparison.Ordinal))
        {
            return $"{head.Status}{(isSent ? "" : " before the whole request was sent")}: {body.Trim()}";
        }

        switch (switches.Judge(sentAt, body[length.Length..]))
        {
            case Freshness.CrossedTheSwitch:
                Tally.Crossed(Kind);
                return null;
            case Freshness.Stale:
                return $"answered with \"{body}\" after {switches.Live} had been seen";
            default:
                return null;
        }
    }
}
