using Dapper;
using Microsoft.Data.Sqlite;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access.Projects;

/// <summary>Restrictions to projects in the store. Of the projects themselves only number and name are read.</summary>
internal static class ProjectScopes
{
    public const string OfUser = "user";
    public const string OfToken = "token";
    public const string OfWebhook = "webhook";

    /// <param name="kind"><see cref="OfUser"/>, <see cref="OfToken"/> or <see cref="OfWebhook"/>.</param>
    public static ProjectScope Read(SqliteConnection connection, string kind, long id) => new(
        connection.Query<(long Id, string Name)>(
            $"SELECT p.id, p.name FROM {kind}_projects s JOIN projects p ON p.id = s.project_id WHERE s.{kind}_id = @id", new { id })
        .ToDictionary(row => row.Id, row => row.Name));

    public static void Write(WriteScope scope, string kind, long id, ProjectScope? projects)
    {
        scope.Execute($"DELETE FROM {kind}_projects WHERE {kind}_id = @id", new { id });
        foreach (var project in projects?.Projects.Keys ?? [])
        {
            scope.Execute($"INSERT INTO {kind}_projects ({kind}_id, project_id) VALUES (@id, @project)", new { id, project });
        }
    }

    /// <param name="named">Numbers or names, as a person writes them; null: no restriction.</param>
    public static Outcome<ProjectRestriction> Resolve(WriteScope scope, IReadOnlyList<string?>? named, Role role)
    {
        if (named is null)
        {
            return ProjectRestriction.None;
        }

        if (role == Role.Admin)
        {
            return Refusal.Invalid("projects", "An admin sees every project. Choose another role, or leave projects out.");
        }

        var found = new Dictionary<long, string>();
        foreach (var name in named)
        {
            var id = long.TryParse(name, out var number) ? number : -1;
            if (scope.Query<(long Id, string Name)>("SELECT id, name FROM projects WHERE name = @name OR id = @id ORDER BY name = @name DESC", new { name, id }) is not [var project, ..])
            {
                return Refusal.Invalid("projects", $"There is no project '{PrintableName.Of(name ?? "")}'.");
            }

            found[project.Id] = project.Name;
        }

        return new ProjectRestriction(new ProjectScope(found));
    }
}
