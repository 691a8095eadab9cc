using Plimsoll.Plumbing;

namespace Plimsoll.Tests.Plumbing;

public sealed class ChangeSignalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_change_between_looking_and_waiting_is_not_missed()
    {
        var signal = new ChangeSignal();
        var next = signal.Next;

        signal.Notify();

        next.IsCompleted.ShouldBeTrue();
        signal.Next.IsCompleted.ShouldBeFalse("what is taken afterwards waits for the change after that");
    }

    [Fact]
    public async Task Everybody_who_waits_is_woken()
    {
        var signal = new ChangeSignal();
        var waiting = Enumerable.Range(0, 50).Select(_ => signal.Next.WaitAsync(Token)).ToList();

        signal.Notify();

        await Task.WhenAll(waiting);
    }

    /// <summary>A reader that takes, looks and waits must come to see the last change, however the two run against each other.</summary>
    [Fact]
    public async Task No_wake_up_is_lost_in_a_race()
    {
        const int changes = 200_000;
        var signal = new ChangeSignal();
        var value = 0;
        var writer = Task.Run(
            () =>
            {
                for (var change = 1; change <= changes; change++)
                {
                    Volatile.Write(ref value, change);
                    signal.Notify();
                }
            },
            Token);

        while (true)
        {
            var next = signal.Next;
            if (Volatile.Read(ref value) == changes)
            {
                break;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(60), Token);
        }

        await writer;
    }
}
