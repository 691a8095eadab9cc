using Plimsoll.Edge;

namespace Plimsoll.Tests.Edge;

public sealed class DestinationTests
{
    [Fact]
    public async Task Entering_and_closing_at_the_same_moment_never_leaves_somebody_inside_an_empty_destination()
    {
        const int Rounds = 30_000;
        var stop = TestContext.Current.CancellationToken;
        var destinations = Enumerable.Range(0, Rounds).Select(round => NewDestination($"{round}")).ToArray();
        var closing = -1;
        var violations = 0;
        var insiders = Task.Factory.StartNew(EnterEach, stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        for (var round = 0; round < Rounds; round++)
        {
            Volatile.Write(ref closing, round);
            Thread.SpinWait(round % 40);
            destinations[round].Close();
        }

        await insiders;
        await Task.WhenAll(destinations.Select(destination => destination.Emptied)).WaitAsync(stop);
        violations.ShouldBe(0);

        void EnterEach()
        {
            var round = 0;
            while (round < Rounds)
            {
                round = Math.Max(round, Volatile.Read(ref closing));
                var destination = destinations[Math.Max(round, 0)];
                while (destination.TryEnter())
                {
                    Thread.SpinWait(5);
                    if (destination.Emptied.IsCompleted)
                    {
                        violations++;
                    }

                    destination.Leave();
                }

                round++;
            }
        }
    }

    [Fact]
    public void A_failure_is_news_once_in_ten_seconds()
    {
        var destination = NewDestination("one");
        destination.IsFailureNews().ShouldBeTrue();
        destination.IsFailureNews().ShouldBeFalse();
    }

    private static Destination NewDestination(string instance) =>
        new(new DestinationKey(instance, new Uri("http://127.0.0.1:9")), TimeSpan.FromSeconds(1), null, TimeProvider.System);
}
