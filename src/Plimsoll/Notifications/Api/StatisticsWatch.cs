using Plimsoll.Inventory.Statistics;

namespace Plimsoll.Notifications.Api;

/// <summary>The measurements of one project, for as long as a stream is open.</summary>
internal sealed record StatisticsWatch(InstanceStatistics Statistics, string Project)
{
    public IDisposable Begin() => Statistics.Watch(Project);
}
