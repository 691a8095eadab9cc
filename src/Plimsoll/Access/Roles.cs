using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Access;

/// <summary>Roles as text: in the store, in the API and in the names of the authorization policies.</summary>
internal static class Roles
{
    public static readonly IReadOnlyList<Role> All = [Role.Viewer, Role.Operator, Role.Admin];

    public static string Text(this Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    /// <summary>What to say about a role that is none.</summary>
    public static string Expected { get; } = $"Write one of these roles: {string.Join(", ", All.Select(known => known.Text()))}.";

    /// <summary>The policy that lets <paramref name="role"/> and every higher role in.</summary>
    public static string Policy(Role role) => "at-least-" + role.Text();

    public static bool TryParse([NotNullWhen(true)] string? text, out Role role)
    {
        foreach (var known in All)
        {
            if (known.Text() == text)
            {
                role = known;
                return true;
            }
        }

        role = default;
        return false;
    }

    /// <summary>For what Plimsoll wrote itself. An unknown role must not be read as any role.</summary>
    public static Role Parse(string text) =>
        TryParse(text, out var role) ? role : throw new FormatException($"The store holds '{text}' where a role is expected.");
}
