namespace Plimsoll.Tests.Apps.Seed;

/// <summary>Configuration files that tests begin with.</summary>
internal static class SeedSamples
{
    /// <summary>The example of the plan that this format comes from, with every key of it.</summary>
    public const string Full =
        """
        global:
          domain: dolgolyov-family.by
          server_ip: 93.84.96.191
          network: staging-net
          subdomain_pattern: "stage-{stage}-{project}"
          notification_url: https://notify.dolgolyov-family.by/webhook

        npm:
          url: http://npm:81
          email: docker-watcher@dolgolyov-family.by
          password: "npm-password-here"

        registries:
          gitea:
            url: https://git.dolgolyov-family.by
            type: gitea
            token: "gitea-token-here"

        projects:
          web-app-launcher:
            registry: gitea
            image: git.dolgolyov-family.by/alexei/web-app-launcher
            port: 3000
            healthcheck: /api/health
            env:
              NODE_ENV: production
            stages:
              dev:
                tag_pattern: "dev-*"
                auto_deploy: true
                max_instances: 5
              rel:
                tag_pattern: "v*"
                auto_deploy: false
                max_instances: 2
              prod:
                tag_pattern: "v*"
                auto_deploy: false
                confirm: true
                promote_from: rel
                max_instances: 2
                subdomain: launcher
        """;

    /// <summary>One project with one stage.</summary>
    public static string Project(string name, string image = "nginx", string? more = null) =>
        $"""
        projects:
          {name}:
            image: {image}
            {more ?? "port: 80"}
            stages:
              live: {"{"} tag_pattern: "*" {"}"}
        """;

    /// <summary>A file of the repository, found from where the tests run.</summary>
    public static string PathInRepository(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plimsoll.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine(folder.FullName, path);
    }
}
