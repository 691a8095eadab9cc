namespace Plimsoll.Deployments;

/// <summary>Which instances stay when a new one goes live. Pure.</summary>
internal static class InstanceRetention
{
    /// <summary>
    /// The new one stays and counts; of the others the youngest stay until <paramref name="maxInstances"/> is reached.
    /// Of one tag only the newest stays: its tag's name can point at one instance only.
    /// </summary>
    /// <returns>The ids of those that go, oldest first.</returns>
    public static IReadOnlyList<string> Surplus(IReadOnlyCollection<Instance> ofStage, Instance goingLive, int maxInstances)
    {
        var others = ofStage
            .Where(instance => instance.Id != goingLive.Id && (instance.Standing is Standing.Live or Standing.Kept))
            .OrderByDescending(instance => instance.Sequence)
            .ToList();
        var tags = new HashSet<string>(StringComparer.Ordinal) { goingLive.Tag };
        var stay = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in others)
        {
            if (stay.Count < maxInstances - 1 && tags.Add(instance.Tag))
            {
                stay.Add(instance.Id);
            }
        }

        return [.. others.Where(instance => !stay.Contains(instance.Id)).Select(instance => instance.Id).Reverse()];
    }
}
