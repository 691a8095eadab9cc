using Plimsoll.Docker;

namespace Plimsoll.Plumbing.Config;

/// <summary>Reads <see cref="ServeOptions"/> from environment variables. All mistakes are named at once.</summary>
internal static class EnvironmentSettings
{
    public const string Data = "PLIMSOLL_DATA";
    public const string Listen = "PLIMSOLL_LISTEN";
    public const string ProxyListen = "PLIMSOLL_PROXY_LISTEN";
    public const string Key = "ENCRYPTION_KEY";
    public const string AdminPassword = "PLIMSOLL_ADMIN_PASSWORD";
    public const string Seed = "PLIMSOLL_SEED";

    public const string DockerConfig = "PLIMSOLL_DOCKER_CONFIG";
    public const string DockerConfigOfDocker = "DOCKER_CONFIG";

    public const string DefaultData = "./data";
    public const string DefaultListen = "http://127.0.0.1:8080";
    public const string DefaultProxyListen = "http://127.0.0.1:8000";

    /// <param name="read">Answers the value of a variable, or null. Tests pass a dictionary.</param>
    public static ServeOptions Read(Func<string, string?> read)
    {
        var problems = new List<string>();
        var options = new ServeOptions
        {
            DataFolder = Path.GetFullPath(Text(read, Data) ?? DefaultData),
            Listen = Address(read, Listen, DefaultListen, problems),
            ProxyListen = Address(read, ProxyListen, DefaultProxyListen, problems),
            Engine = Engine(read, problems),
            EncryptionKey = Secret(read, Key, problems),
            AdminPassword = Secret(read, AdminPassword, problems),
            SeedPath = Text(read, Seed),
            DockerConfigPath = DockerConfigPath(Text(read, DockerConfig) ?? Text(read, DockerConfigOfDocker)),
            Faults = Text(read, "PLIMSOLL_FAULT"),
            TrustedProxies = TrustedProxies.Read(Text(read, TrustedProxies.Variable), problems),
            OpenId = OpenIdEnvironment.Read(name => Text(read, name), name => Secret(read, name, problems), problems),
            FaultFolder = Text(read, "PLIMSOLL_FAULT_FOLDER"),
        };
        if (options.Listen == options.ProxyListen && options.Listen.Port != 0)
        {
            problems.Add($"{ProxyListen}: {options.ProxyListen.GetLeftPart(UriPartial.Authority)} is the address of the dashboard, too ({Listen}). Give each a port of its own.");
        }

        return problems.Count == 0 ? options : throw new SettingsException(problems);
    }

    /// <summary>Docker's variable names a folder. A path that ends in .json is the file itself, which orchestrators mount under any name.</summary>
    private static string? DockerConfigPath(string? place) =>
        place is null ? null : Path.GetFullPath(place.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? place : Path.Combine(place, "config.json"));

    private static DockerEndpoint Engine(Func<string, string?> read, List<string> problems)
    {
        try
        {
            return DockerEndpoint.FromEnvironment(read);
        }
        catch (FormatException problem)
        {
            problems.Add($"DOCKER_HOST: {problem.Message}");
            return DockerEndpoint.Parse("unix:///var/run/docker.sock");
        }
    }

    private static Uri Address(Func<string, string?> read, string name, string fallback, List<string> problems)
    {
        var text = Text(read, name) ?? fallback;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/")
        {
            return uri;
        }

        problems.Add($"{name}: '{text}' is not an address to listen on. Write it like {fallback}.");
        return new Uri(fallback);
    }

    /// <summary>Every secret can also be given as a file, NAME_FILE, which orchestrators mount.</summary>
    private static string? Secret(Func<string, string?> read, string name, List<string> problems)
    {
        if (Text(read, name) is { } value)
        {
            return value;
        }

        if (Text(read, name + "_FILE") is not { } path)
        {
            return null;
        }

        try
        {
            var secret = File.ReadAllText(path).TrimEnd('\r', '\n');
            if (!string.IsNullOrWhiteSpace(secret))
            {
                return secret;
            }

            // An empty text would be a key, too, and one that everybody knows.
            problems.Add($"{name}_FILE: {path} is empty.");
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{name}_FILE: {path} cannot be read: {problem.Message}");
            return null;
        }
    }

    private static string? Text(Func<string, string?> read, string name) =>
        read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
