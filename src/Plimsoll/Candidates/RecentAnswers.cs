using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>
/// What registries answered moments ago, for polls only. Both spans follow the polling interval, so that each round still asks: good answers serve
/// several looks of one round, and a "no" is not asked again by every round where rounds come quickly. Any change that a person makes forgets all.
/// </summary>
internal sealed class RecentAnswers(SettingsStore settings, AppsChanges changes, TimeProvider time)
{
    private const int MostKept = 8_192;
    private static readonly TimeSpan LongestGood = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestNo = TimeSpan.FromMinutes(4);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Recent> _kept = new(StringComparer.Ordinal);
    private Task _outdated = changes.Changed.Next;

    /// <exception cref="RegistryException">The answer was a "no".</exception>
    public ManifestDescriptor? Find(string key)
    {
        lock (_gate)
        {
            ForgetOutdated();
            if (!_kept.TryGetValue(key, out var recent) || recent.Until <= time.GetUtcNow())
            {
                return null;
            }

            return recent.Problem is { } problem ? throw problem.Again() : recent.Answer;
        }
    }

    public void Keep(string key, ManifestDescriptor answer) => Keep(key, new Recent(answer, null, time.GetUtcNow() + Shorter(LongestGood, 0.5)));

    /// <summary>Only a "no" that stays one until somebody does something is kept.</summary>
    public void Keep(string key, RegistryException problem)
    {
        if (problem.Failure is RegistryFailure.NotFound or RegistryFailure.Denied or RegistryFailure.Unauthorized)
        {
            Keep(key, new Recent(null, problem, time.GetUtcNow() + Shorter(LongestNo, 2)));
        }
    }

    private void Keep(string key, Recent recent)
    {
        lock (_gate)
        {
            ForgetOutdated();
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[key] = recent;
        }
    }

    private TimeSpan Shorter(TimeSpan longest, double rounds)
    {
        var span = TimeSpan.FromSeconds(settings.Read().PollingSeconds * rounds);
        return span < longest ? span : longest;
    }

    private void ForgetOutdated()
    {
        if (_outdated.IsCompleted)
        {
            _outdated = changes.Changed.Next;
            _kept.Clear();
        }
    }

    private sealed record Recent(ManifestDescriptor? Answer, RegistryException? Problem, DateTimeOffset Until);
}
