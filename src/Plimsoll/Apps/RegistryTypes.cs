namespace Plimsoll.Apps;

/// <summary>The kinds of registry a person can choose from; all of them speak the same standard for what is done so far.</summary>
internal static class RegistryTypes
{
    public static readonly IReadOnlyList<string> All = ["generic", "docker-hub", "ghcr", "gitea", "gitlab", "harbor", "quay", "ecr"];
}
