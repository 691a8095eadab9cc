using Plimsoll.Plumbing.Http;

namespace Plimsoll.Apps.Api;

/// <summary>A project as a client writes it. In a change an absent field keeps its value, and an empty text clears it.</summary>
public sealed record ProjectRequest
{
    public string? Name { get; init; }

    /// <summary>Repository without a tag, for example <c>ghcr.io/acme/shop</c>.</summary>
    public string? Image { get; init; }

    /// <summary>Name or id of a registry; absent or empty: the registry of that host, or anonymous.</summary>
    public string? Registry { get; init; }

    public int? Port { get; init; }

    public string? Healthcheck { get; init; }

    /// <summary>All of it: a field that is left out has its default again.</summary>
    public HealthBody? Health { get; init; }

    /// <summary>All variables: one that is left out is removed. A value as it is shown to viewers keeps the stored one.</summary>
    public Dictionary<string, string>? Env { get; init; }

    /// <summary>Only read when the project is created.</summary>
    public List<StageRequest>? Stages { get; init; }

    /// <summary>A new project, or the project as it is after this change.</summary>
    internal Outcome<Project> Over(Project? old, RegistryStore registries)
    {
        var errors = new Dictionary<string, string>();
        var registry = string.IsNullOrEmpty(Registry) ? null : registries.Find(Registry);
        if (registry is null && !string.IsNullOrEmpty(Registry))
        {
            errors["registry"] = $"There is no registry '{Registry}'.";
        }

        var environment = Env is null ? old?.Environment : EnvironmentOver(old?.Environment, errors);
        return errors.Count > 0 ? Refusal.Invalid(errors) : (old ?? new Project { Name = "", Repository = "" }) with
        {
            Name = Name ?? old?.Name ?? "",
            RegistryId = Registry is null ? old?.RegistryId : registry?.Id,
            Repository = Image?.Trim() ?? old?.Repository ?? "",
            Port = Port ?? old?.Port ?? 0,
            HealthPath = FieldValue.Over(Healthcheck, old?.HealthPath),
            Health = Health?.ToProof() ?? old?.Health ?? new HealthProof(),
            Environment = environment ?? new Dictionary<string, string>(),
        };
    }

    private Dictionary<string, string> EnvironmentOver(IReadOnlyDictionary<string, string>? old, Dictionary<string, string> errors)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in Env!)
        {
            // JSON brings null in where the type says there is none.
            if (value is null)
            {
                errors[$"env.{name}"] = "Write a text, or leave the variable out.";
            }
            else if (value != ProjectResponse.Hidden)
            {
                environment[name] = value;
            }
            else if (old?.GetValueOrDefault(name) is { } stored)
            {
                environment[name] = stored;
            }
            else
            {
                errors[$"env.{name}"] = "There is no stored value to keep: write the value.";
            }
        }

        return environment;
    }

    /// <summary>Records print their properties; this one may hold secrets.</summary>
    public override string ToString() => $"project {Name}";
}
