namespace Plimsoll.Apps;

/// <summary>Names of containers: <c>{project}-{stage}-{tag}-{deployment id}</c>. The id keeps two containers of one tag apart.</summary>
internal static class ContainerNames
{
    private const int LongestTag = 40;

    public static string For(string project, string stage, string tag, string deploymentId)
    {
        var tagPart = HostNames.Sanitise(tag);
        if (tagPart.Length > LongestTag)
        {
            tagPart = tagPart[..LongestTag].TrimEnd('-');
        }

        return $"{HostNames.Sanitise(project)}-{HostNames.Sanitise(stage)}-{tagPart}-{deploymentId}";
    }
}
