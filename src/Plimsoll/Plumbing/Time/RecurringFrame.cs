namespace Plimsoll.Plumbing.Time;

/// <summary>A stretch of time that comes again and again: each occurrence of a cron expression begins one. Pure.</summary>
internal sealed record RecurringFrame(ZonedCron Begins, TimeSpan Length)
{
    private const int MostInARow = 1_000;

    /// <summary>When the stretch that holds an instant is over, those that begin before its end taken together; null: no stretch holds it.</summary>
    public DateTimeOffset? EndOfFrameAt(DateTimeOffset instant)
    {
        if (Begins.Previous(instant) is not { } begin || instant >= begin + Length)
        {
            return null;
        }

        var end = begin + Length;
        // Stretches that overlap for ever are told as ending somewhere far away; whoever looks again there is told anew.
        for (var row = 0; row < MostInARow && Begins.Previous(end) is { } next && next > begin; row++)
        {
            (begin, end) = (next, next + Length);
        }

        return end;
    }

    /// <summary>When the next stretch begins; null: not within nine years.</summary>
    public DateTimeOffset? NextBegin(DateTimeOffset after) => Begins.Next(after);
}
