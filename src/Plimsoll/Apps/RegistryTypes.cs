using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>
/// The kinds of registry a person can choose from, with what is sensible for each. Pure. The paces of the public services are far
/// below what they allow, as one address is often shared by many; docs/registries.md tells why each was chosen.
/// </summary>
internal static class RegistryTypes
{
    public const string Generic = "generic";
    public const string Ecr = "ecr";

    public static readonly IReadOnlyList<RegistryType> Known =
    [
        new(Generic, "Any other registry", null, TokenServerPlace.Anywhere, new RegistryPace(24, 50, 250),
            "The user's name; may be left out where only a token is asked for.", "A password or a token that may read."),
        new("docker-hub", "Docker Hub", "docker.io", TokenServerPlace.Anywhere, new RegistryPace(8, 10, 50),
            "Your Docker ID, or the organisation's name.", "A personal or organisation access token with the right to read. Signed in, more pulls are allowed."),
        new("ghcr", "GitHub (ghcr.io)", "ghcr.io", TokenServerPlace.AtRegistry, new RegistryPace(8, 20, 100),
            "Your GitHub user name.", "A personal access token (classic) with read:packages."),
        new("gitea", "Gitea or Forgejo", null, TokenServerPlace.MovedToRegistry, new RegistryPace(8, 20, 100),
            "Your user name; may be left out.", "An access token with the right to read packages."),
        new("gitlab", "GitLab", "registry.gitlab.com", TokenServerPlace.Anywhere, new RegistryPace(8, 20, 100),
            "Your user name, or the name of the deploy token.", "A deploy token or access token with read_registry."),
        new("harbor", "Harbor", null, TokenServerPlace.Anywhere, new RegistryPace(8, 20, 100),
            "The robot's whole name, for example robot$shop+plimsoll.", "The robot's secret; it needs to pull and to list tags."),
        new("quay", "Quay", "quay.io", TokenServerPlace.AtRegistry, new RegistryPace(8, 10, 50),
            "The robot's whole name, for example acme+plimsoll.", "The robot's token."),
        new(Ecr, "Amazon ECR", null, TokenServerPlace.Anywhere, new RegistryPace(8, 10, 50),
            "The access key's ID, for example AKIA…: the 12-hour passwords are fetched and renewed with it.", "The secret access key. It needs ecr:GetAuthorizationToken and the right to pull."),
    ];

    public static readonly IReadOnlyList<string> All = [.. Known.Select(type => type.Name)];

    /// <summary>The kind of that name; what has another name is a generic one.</summary>
    public static RegistryType Of(string name) => Known.FirstOrDefault(type => type.Name == name) ?? Known[0];

    /// <summary>The kind of a host that no entry describes.</summary>
    public static RegistryType OfHost(string host) =>
        Known.FirstOrDefault(type => type.Host == host) ?? (EcrHost.Parse(host) is null ? Known[0] : Of(Ecr));
}
