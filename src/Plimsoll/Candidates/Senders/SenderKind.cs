namespace Plimsoll.Candidates.Senders;

/// <summary>Who sends messages. Stored and shown, so the texts stay.</summary>
internal static class SenderKind
{
    public const string Distribution = "distribution";
    public const string GitLab = "gitlab";
    public const string Azure = "acr";
    public const string DockerHub = "docker-hub";
    public const string GitHub = "github";
    public const string Gitea = "gitea";
    public const string Forgejo = "forgejo";
    public const string Gogs = "gogs";
    public const string Harbor = "harbor";
    public const string Quay = "quay";

    /// <summary>The simple body, mostly from a pipeline.</summary>
    public const string Simple = "simple";

    /// <summary>As people write it.</summary>
    public static string Name(string kind) => kind switch
    {
        Distribution => "a registry",
        GitLab => "GitLab",
        Azure => "Azure Container Registry",
        DockerHub => "Docker Hub",
        GitHub => "GitHub",
        Gitea => "Gitea",
        Forgejo => "Forgejo",
        Gogs => "Gogs",
        Harbor => "Harbor",
        Quay => "Quay",
        _ => "a caller",
    };
}
