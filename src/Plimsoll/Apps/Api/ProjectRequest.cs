namespace Plimsoll.Apps.Api;

/// <summary>A project as a client writes it.</summary>
public sealed record ProjectRequest
{
    public string? Name { get; init; }

    /// <summary>Repository without a tag, for example <c>ghcr.io/acme/shop</c>.</summary>
    public string? Image { get; init; }

    /// <summary>Name or id of a registry; absent: the registry of that host, or anonymous.</summary>
    public string? Registry { get; init; }

    public int? Port { get; init; }

    public string? Healthcheck { get; init; }

    public Dictionary<string, string>? Env { get; init; }

    /// <summary>Only read when the project is created.</summary>
    public List<StageRequest>? Stages { get; init; }
}
