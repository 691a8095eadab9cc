namespace Plimsoll.EngineTests.Support;

/// <summary>How a <see cref="PlimsollProcess"/> is started. What is not said has a default fit for a test.</summary>
public sealed record PlimsollSettings
{
    /// <summary>Value of DOCKER_HOST.</summary>
    public required string DockerHost { get; init; }

    /// <summary>Null: a fresh folder that is removed at disposal. A given folder stays.</summary>
    public string? DataFolder { get; init; }

    public string AdminPassword { get; init; } = "correct-horse-battery-staple";

    /// <summary>Further variables; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(90);

    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Program and arguments; the built plimsoll.dll with "serve" unless said otherwise.</summary>
    public IReadOnlyList<string> Command { get; init; } =
    [
        "dotnet",
        RepositoryFiles.PathOf("src", "Plimsoll", "bin", RepositoryFiles.Configuration, "net10.0", "plimsoll.dll"),
        "serve",
    ];
}
