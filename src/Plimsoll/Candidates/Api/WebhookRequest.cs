using Plimsoll.Access;
using Plimsoll.Access.Projects;
using Plimsoll.Apps;
using Plimsoll.Apps.Api;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Candidates.Api;

/// <summary>A webhook as a client writes it. In a change an absent field, or the signing secret as it is shown, keeps its value; an empty text clears it.</summary>
public sealed record WebhookRequest
{
    public string? Name { get; init; }

    /// <summary>With it messages have to be signed. 8 to 512 characters.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>The host under which the images of this sender are known, where the sender itself says another or none.</summary>
    public string? Registry { get; init; }

    /// <summary>Names or numbers: only images of these projects are considered. An empty list is none of them.</summary>
    public IReadOnlyList<string?>? Projects { get; init; }

    /// <summary>True lifts the restriction to projects.</summary>
    public bool? AllProjects { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>A new webhook, or the webhook as it is after this change.</summary>
    internal Outcome<Webhook> Over(WriteScope scope, Webhook? old)
    {
        if (AllProjects == true && Projects is not null)
        {
            return Refusal.Invalid("projects", "Either all projects, or these: leave one of the two out.");
        }

        var projects = old?.Projects;
        if (AllProjects == true)
        {
            projects = null;
        }
        else if (Projects is not null)
        {
            var resolved = ProjectScopes.Resolve(scope, Projects, Role.Viewer);
            if (resolved.IsRefused(out var refusal))
            {
                return refusal;
            }

            projects = resolved.Value!.Scope;
        }

        return (old ?? new Webhook { Name = "", Secret = Webhook.NewSecret() }) with
        {
            Name = Name ?? old?.Name ?? "",
            SigningSecret = SigningSecret == ProjectResponse.Hidden ? old?.SigningSecret : FieldValue.Over(SigningSecret, old?.SigningSecret),
            Registry = FieldValue.Over(Registry, old?.Registry) is { } registry ? RegistryAddress.Canonical(registry) : null,
            Projects = projects,
            Enabled = Enabled ?? old?.Enabled ?? true,
        };
    }

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"webhook {Name}";
}
