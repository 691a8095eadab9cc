using Plimsoll.Deployments;
using Plimsoll.Docker;
using Plimsoll.Plumbing;

namespace Plimsoll.Inventory.Statistics;

/// <summary>
/// Measures what the running instances use, about every five seconds, once for all who look, and only those of projects that somebody
/// looks at. When nobody does, the engine is not asked.
/// </summary>
internal sealed partial class InstanceStatistics(DockerEngine engine, Installation installation, TimeProvider time, ILogger<InstanceStatistics> log) : BackgroundService
{
    /// <summary>More are not measured in one round: each costs the engine up to two seconds.</summary>
    public const int MostInstances = 100;

    private const int AtOnce = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _watched = new(StringComparer.Ordinal);
    private readonly ChangeSignal _wanted = new();
    private volatile StatisticsRound _latest = new(0, Array.Empty<(string, InstanceSample)>().ToLookup(pair => pair.Item1, pair => pair.Item2));

    /// <summary>Fires after each round.</summary>
    public ChangeSignal Changed { get; } = new();

    public StatisticsRound Latest => _latest;

    /// <summary>Has a project measured until what is returned is disposed.</summary>
    public IDisposable Watch(string project)
    {
        lock (_gate)
        {
            _watched[project] = _watched.GetValueOrDefault(project) + 1;
        }

        _wanted.Notify();
        return new Look(this, project);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var wanted = _wanted.Next;
                var projects = Watched();
                if (projects.Count == 0)
                {
                    await wanted.WaitAsync(stoppingToken);
                    continue;
                }

                var began = time.GetTimestamp();
                await MeasureAsync(projects, stoppingToken);
                var rest = Interval - time.GetElapsedTime(began);
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task MeasureAsync(IReadOnlySet<string> projects, CancellationToken cancellationToken)
    {
        try
        {
            var containers = await engine.Containers.ListAsync(new ContainerFilter { Labels = [installation.Label] }, cancellationToken);
            var seen = containers
                .Where(container => container.State == "running" && container.Labels.ContainsKey(Labels.Instance) && projects.Contains(container.Labels.GetValueOrDefault(Labels.Project, "")))
                .Take(MostInstances)
                .ToList();
            var samples = new (string Project, InstanceSample Sample)?[seen.Count];
            await Parallel.ForAsync(0, seen.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, token) =>
                samples[index] = await MeasureAsync(seen[index], token) is { } sample ? (seen[index].Labels[Labels.Project], sample) : null);
            _latest = new StatisticsRound(_latest.Number + 1, samples.OfType<(string Project, InstanceSample Sample)>().ToLookup(pair => pair.Project, pair => pair.Sample));
            Changed.Notify();
        }
        catch (DockerException problem)
        {
            LogTrouble(log, problem.Message);
        }
    }

    private async Task<InstanceSample?> MeasureAsync(ContainerSummary container, CancellationToken cancellationToken)
    {
        try
        {
            var read = await engine.Containers.ReadStatisticsAsync(container.Id, cancellationToken);
            return read.ReadAt is null ? null
                : new InstanceSample(container.Labels[Labels.Instance], time.GetUtcNow(), read.CpuPercent, read.MemoryBytes, read.MemoryLimitBytes);
        }
        catch (DockerException problem) when (problem is not DockerUnavailableException)
        {
            // It ended while it was measured.
            return null;
        }
    }

    private HashSet<string> Watched()
    {
        lock (_gate)
        {
            return _watched.Keys.ToHashSet(StringComparer.Ordinal);
        }
    }

    private void Leave(string project)
    {
        lock (_gate)
        {
            if (--_watched[project] == 0)
            {
                _watched.Remove(project);
            }
        }
    }

    private sealed class Look(InstanceStatistics owner, string project) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                owner.Leave(project);
            }
        }
    }

    [LoggerMessage(800, LogLevel.Debug, "What the instances use could not be measured: {Problem}")]
    private static partial void LogTrouble(ILogger log, string problem);
}
