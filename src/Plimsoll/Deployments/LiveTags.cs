using Plimsoll.Candidates;

namespace Plimsoll.Deployments;

/// <summary>What is live on each stage, for the poller to follow.</summary>
internal sealed class LiveTags(InstanceStore instances) : ILiveTags
{
    IReadOnlyDictionary<long, string> ILiveTags.LiveTags() => instances.All()
        .Where(instance => instance.Standing == Standing.Live)
        .ToDictionary(instance => instance.StageId, instance => instance.Tag);
}
