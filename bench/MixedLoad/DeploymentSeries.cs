namespace Plimsoll.Bench;

/// <summary>Deployments of two versions in turns, with short pauses, while the load goes on.</summary>
internal sealed class DeploymentSeries(Arguments arguments, MixedLoad load, Webhook webhook, TimeProvider time)
{
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(1000);

    // Without the pauses before and after.
    private readonly List<TimeSpan> _durations = [];

    public IReadOnlyList<TimeSpan> Durations => _durations;

    /// <param name="deployed">Called after each deployment with its number.</param>
    public async Task RunAsync(Action<int> deployed, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        await Task.Delay(_warmUp, time, cancellationToken);
        for (var number = 1; number <= arguments.Deployments; number++)
        {
            await DeployAsync(number % 2 == 1 ? arguments.Image : arguments.LiveImage, cancellationToken);
            deployed(number);
            await Task.Delay(_shortestPause + ((_longestPause - _shortestPause) * random.NextDouble()), time, cancellationToken);
        }
    }

    private async Task DeployAsync(string image, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        load.Switches.Begin(Arguments.TagOf(image));
        try
        {
            await webhook.DeployAsync(image, cancellationToken);
        }
        finally
        {
            load.Switches.End();
            _durations.Add(time.GetElapsedTime(began));
        }
    }
}
