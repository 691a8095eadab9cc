namespace Plimsoll.Access.Projects;

/// <summary>
/// The projects that a user or token is restricted to, by number, with their names of this moment. May be empty: then its
/// projects have been removed, and it sees none. Where there is no restriction, there is no scope.
/// </summary>
internal sealed record ProjectScope(IReadOnlyDictionary<long, string> Projects)
{
    /// <summary>In the order of the alphabet.</summary>
    public IReadOnlyList<string> Names => [.. Projects.Values.Order(StringComparer.Ordinal)];

    public IReadOnlyCollection<long> Ids => [.. Projects.Keys];

    public bool Allows(long projectId) => Projects.ContainsKey(projectId);

    /// <summary>What belongs to no project belongs to those who may see all.</summary>
    public bool Allows(string? projectName) => projectName is not null && Projects.Values.Contains(projectName, StringComparer.Ordinal);
}
