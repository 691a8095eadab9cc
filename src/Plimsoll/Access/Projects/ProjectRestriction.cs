namespace Plimsoll.Access.Projects;

/// <summary>What somebody asked for: a scope, or none.</summary>
internal sealed record ProjectRestriction(ProjectScope? Scope)
{
    public static readonly ProjectRestriction None = new((ProjectScope?)null);
}
