using Dapper;

namespace Plimsoll.Plumbing.Database;

/// <summary>The revisions that the store itself gives to what people configure: another one with each change, whoever makes it.</summary>
internal static class Revisions
{
    public static string? OfProject(WriteScope scope, long id) => Of(scope, "projects", id);

    public static string? OfRegistry(WriteScope scope, long id) => Of(scope, "registries", id);

    public static string? OfUser(WriteScope scope, long id) => Of(scope, "users", id);

    public static string? OfSchedule(WriteScope scope, long id) => Of(scope, "schedules", id);

    public static string? OfProject(Store store, long id) => Of(store, "projects", id);

    public static string? OfRegistry(Store store, long id) => Of(store, "registries", id);

    public static string? OfUser(Store store, long id) => Of(store, "users", id);

    public static string? OfSchedule(Store store, long id) => Of(store, "schedules", id);

    private static string? Of(WriteScope scope, string table, long id) => scope.QueryFirstOrDefault<string>($"SELECT revision FROM {table} WHERE id = @id", new { id });

    private static string? Of(Store store, string table, long id) => store.Read(connection =>
        connection.QueryFirstOrDefault<string>($"SELECT revision FROM {table} WHERE id = @id", new { id }));
}
