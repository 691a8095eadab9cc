namespace Plimsoll.Plumbing.Cli;

/// <summary>What commands touch of the process they run in. Tests bring their own.</summary>
internal sealed record Surroundings
{
    /// <summary>Answers the value of an environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at <see cref="Output"/>; false when it goes into a file or another program.</summary>
    public required bool IsTerminal { get; init; }

    public required TimeProvider Time { get; init; }

    public static Surroundings OfThisProcess() => new()
    {
        Variable = Environment.GetEnvironmentVariable,
        Output = Console.Out,
        Error = Console.Error,
        IsTerminal = !Console.IsOutputRedirected,
        Time = TimeProvider.System,
    };
}
