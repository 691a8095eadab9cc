namespace Plimsoll.Bench;

/// <summary>
/// Keeps one stream open and opens it again when it was ended. A stream to the old version may be ended once the new one serves; any other
/// end, a gap in the numbers, or silence is a failure.
/// </summary>
internal abstract class StreamClient(TrafficKind kind, int number, Target target, Tally tally, SwitchClock switches, TimeProvider time)
    : TrafficClient(kind, number, target, tally, time)
{
    private string? _version;

    public override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            _version = null;
            try
            {
                await StreamAsync(stopping);
                if (stopping.IsCancellationRequested)
                {
                    Tally.Good(Kind);
                }
                else
                {
                    await EndAsync(wasClosed: true, "was closed");
                }
            }
            catch (ProtocolException lie)
            {
                await FailAsync(lie.Message);
            }
            catch (OperationCanceledException)
            {
                // Silence without a close is never anybody's policy.
                await FailAsync($"no word from {_version ?? "anybody"} on an open stream");
            }
            catch (Exception trouble) when (IsConnectionTrouble(trouble))
            {
                await EndAsync(wasClosed: false, Words(trouble));
            }
        }
    }

    /// <summary>Opens the stream and returns when the server has closed it properly, or soon after the end of the load.</summary>
    protected abstract Task StreamAsync(CancellationToken stopping);

    /// <summary>Checks one message, "3 v1", and remembers the version.</summary>
    /// <param name="openedAt">When the stream was asked for.</param>
    protected void Accept(string message, int expected, long openedAt)
    {
        if (message.Split(' ') is not [var said, var version] || said != $"{expected}" || (_version is not null && _version != version))
        {
            throw new ProtocolException($"\"{message}\" came where {expected} was due{(_version is null ? "" : $" from {_version}")}");
        }

        if (_version is null && switches.Judge(openedAt, version) == Freshness.Stale)
        {
            throw new ProtocolException($"opened on {version} after {switches.Live} had been seen");
        }

        _version = version;
        Tally.Message(Kind);
    }

    private async Task EndAsync(bool wasClosed, string how)
    {
        if (switches.MayEnd(_version, out var afterSwitch))
        {
            Tally.Ended(Kind, wasClosed, afterSwitch);
        }
        else
        {
            await FailAsync($"a stream to {_version ?? "nobody yet"} was ended although {switches.Live} is live: {how}");
        }
    }
}
