using Plimsoll.Apps.Policies;

namespace Plimsoll.Inventory.Containers;

/// <summary>Which of many tags a container that follows versions is offered. Pure.</summary>
internal static class NewestVersion
{
    /// <param name="own">The tag it runs under: of tags that name the same version it is the one, so that "v1.2" and "1.2" do not take turns.</param>
    /// <returns>Null: none is wanted.</returns>
    public static string? Of(IEnumerable<string> tags, PolicyRules policy, string own) => tags
        .Select(tag => (Tag: tag, Version: policy.Wanted(tag)))
        .Where(found => found.Version is not null && policy.Admits(found.Tag))
        .OrderByDescending(found => found.Version)
        .ThenByDescending(found => found.Tag == own)
        .ThenByDescending(found => found.Version!.Parts)
        .ThenBy(found => found.Tag, StringComparer.Ordinal)
        .FirstOrDefault().Tag;
}
