using Plimsoll.Apps.Api;
using Plimsoll.Apps.Policies;
using Plimsoll.Registry;

namespace Plimsoll.Apps.Seed;

/// <summary>Makes settings, registries, projects and stages out of a file's tree, under the same rules as the API.</summary>
internal sealed class SeedContent
{
    private static readonly string[] FileKeys = ["global", "npm", "policy", "registries", "projects"];
    private static readonly string[] GlobalKeys = ["domain", "server_ip", "network", "subdomain_pattern", "notification_url", "polling_interval", "npm"];
    private static readonly string[] ContainerPolicyKeys = ["skipLabels", "onlyLabels", "excludeLabels", "skipLocalBuild", "skipPinnedDigest", "skipSemverPinned", "floatingTags", "allowComposeUpdate"];
    private static readonly string[] NpmKeys = ["url", "email", "password", "password_file"];
    private static readonly string[] RegistryKeys = ["url", "type", "username", "token", "token_file", "insecure", "ca", "ca_file", "realm_host", "requests_per_second", "concurrency", "aws_region"];
    private static readonly string[] ProjectKeys = ["registry", "image", "port", "healthcheck", "health", "env", "stages"];
    private static readonly string[] HealthKeys = ["start_period", "interval", "timeout", "successes", "status", "deadline"];
    private static readonly string[] StageKeys = ["tag_pattern", "auto_deploy", "max_instances", "confirm", "promote_from", "subdomain", "memory_limit", "cpu_limit", "stop_seconds", "policy"];
    private static readonly string[] PolicyKeys = ["follow", "prereleases", "include", "exclude", "minimum_age", "update_kind", "start", "windows", "freezes"];
    private static readonly string[] FrameKeys = ["cron", "duration", "time_zone", "reason"];

    private readonly SeedProblems _problems;

    public SeedContent(SeedNode root, IReadOnlyCollection<string> registriesInStore, SeedProblems problems)
    {
        _problems = problems;
        var file = new SeedSection(root, "", problems, FileKeys);
        var global = file.Section("global", GlobalKeys);
        Global = ReadGlobal(global) with { Policy = ReadContainerPolicy(file.Section("policy", ContainerPolicyKeys)) };
        Npm = ReadNpm(file, global);
        Registries = [.. file.Section("registries").Entries.Select(entry => ReadRegistry(entry, "registries"))];
        Projects = [.. file.Section("projects").Entries.Select(entry => ReadProject(entry, "projects"))];
        foreach (var project in Projects)
        {
            CheckRegistry(project, registriesInStore);
        }
    }

    public SettingsBody Global { get; }

    public SeedNpm? Npm { get; }

    public IReadOnlyList<SeedRegistry> Registries { get; }

    public IReadOnlyList<SeedProject> Projects { get; }

    private SettingsBody ReadGlobal(SeedSection section)
    {
        var body = new SettingsBody
        {
            Domain = section.Text("domain"),
            ServerIp = section.Text("server_ip"),
            Network = section.Text("network"),
            SubdomainPattern = section.Text("subdomain_pattern"),
            NotificationUrl = section.Text("notification_url"),
            PollingSeconds = section.Seconds("polling_interval"),
        };
        _problems.AddFields(section.Path, Validation.Of(body.Over(new Settings())));
        return body;
    }

    /// <summary>The access to the proxy stands beside the global section or in it; both are in use.</summary>
    private SeedNpm? ReadNpm(SeedSection file, SeedSection global)
    {
        var inside = global.Node("npm") is not null;
        if (inside && file.Node("npm") is not null)
        {
            _problems.Add("npm", "This section is there twice, here and under global: keep one of them.");
        }

        var section = (inside ? global : file).Section("npm", NpmKeys);
        if (section.Entries.Count == 0)
        {
            return null;
        }

        var url = section.Text("url") ?? "";
        if (Validation.WebAddressProblem(url) is { } problem)
        {
            _problems.Add(section.At("url"), problem);
        }

        var email = section.Text("email") ?? "";
        if (email.Length is 0 or > 255 || email.Any(char.IsControl))
        {
            _problems.Add(section.At("email"), "The address that signs in to Nginx Proxy Manager is needed.");
        }

        var password = ReadSecret(section, "password");
        if (password is null)
        {
            _problems.Add(section.At("password"), "The password is needed here, or password_file with the file that holds it.");
        }

        return new SeedNpm(url, email, password ?? new SeedSecret(section.Path, null, null));
    }

    private SeedRegistry ReadRegistry(SeedEntry entry, string parent)
    {
        var section = new SeedSection(entry.Value, SeedPath.Join(parent, entry.Key), _problems, RegistryKeys);
        var type = section.Text("type") ?? RegistryTypes.Generic;
        var url = section.Text("url") ?? RegistryTypes.Of(type).Host ?? "";
        var registry = new RegistryEntry
        {
            Name = entry.Key,
            Host = RegistryAddress.Canonical(url),
            Type = type,
            Username = section.Text("username"),
            Insecure = section.Flag("insecure") ?? RegistryAddress.IsPlainHttp(url),
            RealmHost = section.Text("realm_host"),
            RequestsPerSecond = (double?)section.Fraction("requests_per_second"),
            Concurrency = section.Number("concurrency"),
            AwsRegion = section.Text("aws_region"),
        };
        var token = ReadSecret(section, "token");
        var authorities = ReadSecret(section, "ca");
        if (authorities?.Value is { } pem && (pem.TrimStart().StartsWith('/') || CertificateText.Normal(pem).Length == 0))
        {
            _problems.Add(section.At("ca"), "Write the authority's certificate in PEM, or ca_file with the file that holds it.");
        }

        // Of a token in a file only its being there counts here.
        _problems.AddFields(section.Path, Validation.Of(registry with { Token = token?.Value ?? (token is null ? null : "in a file") }));
        return new SeedRegistry(section.Path, registry, token, authorities);
    }

    private SeedProject ReadProject(SeedEntry entry, string parent)
    {
        var section = new SeedSection(entry.Value, SeedPath.Join(parent, entry.Key), _problems, ProjectKeys);
        var project = new Project
        {
            Name = entry.Key,
            Repository = section.Text("image") ?? "",
            Port = section.Number("port") ?? 0,
            HealthPath = section.Text("healthcheck"),
            Health = ReadHealth(section.Section("health", HealthKeys)),
            Environment = ReadEnvironment(section.Section("env")),
        };
        _problems.AddFields(section.Path, Validation.Of(project));

        var stages = section.Section("stages").Entries.Select(stage => ReadStage(stage, section.At("stages"))).ToList();
        _problems.AddFields(section.Path, Validation.Of(stages));
        return new SeedProject(section.Path, project, section.Text("registry"), stages);
    }

    private Stage ReadStage(SeedEntry entry, string parent)
    {
        var section = new SeedSection(entry.Value, SeedPath.Join(parent, entry.Key), _problems, StageKeys);
        return new Stage
        {
            Name = entry.Key,
            TagPattern = section.Text("tag_pattern") ?? "",
            AutoDeploy = section.Flag("auto_deploy") ?? false,
            MaxInstances = section.Number("max_instances") ?? 1,
            Confirm = section.Flag("confirm") ?? false,
            PromoteFrom = section.Text("promote_from"),
            Subdomain = section.Text("subdomain"),
            MemoryLimit = section.Number("memory_limit") ?? 0,
            CpuLimit = section.Fraction("cpu_limit") ?? 0,
            StopSeconds = section.Seconds("stop_seconds") ?? 0,
            Policy = ReadPolicy(section.Section("policy", PolicyKeys)),
        };
    }

    /// <summary>The names of the keys are those of the program that had them first, so that its files can be read.</summary>
    private ContainerPolicyBody ReadContainerPolicy(SeedSection section)
    {
        var body = new ContainerPolicyBody
        {
            SkipLabels = section.Texts("skipLabels"),
            OnlyLabels = section.Texts("onlyLabels"),
            ExcludeLabels = section.Texts("excludeLabels"),
            SkipLocalBuild = section.Flag("skipLocalBuild"),
            SkipPinnedDigest = section.Flag("skipPinnedDigest"),
            SkipSemverPinned = section.Flag("skipSemverPinned"),
            FloatingTags = section.Texts("floatingTags"),
            AllowComposeUpdate = section.Flag("allowComposeUpdate"),
        };
        foreach (var (field, problem) in body.Over(ContainerPolicy.Default).Problems())
        {
            _problems.Add(section.At(field), problem);
        }

        return body;
    }

    private static Policy ReadPolicy(SeedSection section) => new PolicyBody
    {
        Follow = section.Text("follow"),
        Prereleases = section.Flag("prereleases"),
        Include = section.Texts("include"),
        Exclude = section.Texts("exclude"),
        MinimumAge = section.Text("minimum_age"),
        UpdateKind = section.Text("update_kind"),
        Start = section.Text("start"),
        Windows = ReadFrames(section, "windows"),
        Freezes = ReadFrames(section, "freezes"),
    }.ToPolicy();

    private static List<TimeFrameBody> ReadFrames(SeedSection section, string key) => [.. section.Sections(key, FrameKeys).Select(frame => new TimeFrameBody
    {
        Cron = frame.Text("cron"),
        Duration = frame.Text("duration"),
        TimeZone = frame.Text("time_zone"),
        Reason = frame.Text("reason"),
    })];

    private static HealthProof ReadHealth(SeedSection section) => new HealthBody
    {
        StartSeconds = section.Seconds("start_period"),
        IntervalSeconds = section.Seconds("interval"),
        TimeoutSeconds = section.Seconds("timeout"),
        Successes = section.Number("successes"),
        Status = section.Text("status"),
        DeadlineSeconds = section.Seconds("deadline"),
    }.ToProof();

    private Dictionary<string, string> ReadEnvironment(SeedSection section)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in section.Entries)
        {
            if (entry.Value is SeedText { IsNull: true, IsEmpty: false } word)
            {
                _problems.Add(section.At(entry.Key), $"{word.Text} is no value: write \"\" for an empty one, or the word in quotes.");
            }

            environment[entry.Key] = section.Text(entry.Key) ?? "";
        }

        return environment;
    }

    private SeedSecret? ReadSecret(SeedSection section, string key)
    {
        var (value, file) = (section.Text(key), section.Text(key + "_file"));
        if (value is not null && file is not null)
        {
            _problems.Add(section.At(key + "_file"), $"Write {key} or {key}_file, not both.");
        }

        return value is null && file is null ? null : new SeedSecret(section.At(value is null ? key + "_file" : key), value, file);
    }

    private void CheckRegistry(SeedProject project, IReadOnlyCollection<string> registriesInStore)
    {
        if (project.Registry is not { } name)
        {
            return;
        }

        var path = SeedPath.Join(project.Path, "registry");
        var registry = Registries.FirstOrDefault(candidate => candidate.Entry.Name == name);
        if (registry is null && !registriesInStore.Contains(name))
        {
            var near = NearestKey.Of(name, [.. Registries.Select(candidate => candidate.Entry.Name), .. registriesInStore]);
            _problems.Add(path, $"There is no registry '{SeedPath.Excerpt(name)}'{(near is null ? ": add it under registries." : $"; did you mean '{near}'?")}");
        }
        else if (registry is not null && RegistryAddress.Problem(registry.Entry.Host) is null
            && ImageReference.TryParse(project.Project.Repository, out var image, out _) && image!.Registry != registry.Entry.Host)
        {
            _problems.Add(path, $"Registry '{name}' is {registry.Entry.Host}, but the image is at {image.Registry}. Name the registry of the image, or none.");
        }
    }
}
