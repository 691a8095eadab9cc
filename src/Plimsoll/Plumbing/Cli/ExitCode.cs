namespace Plimsoll.Plumbing.Cli;

/// <summary>What a script learns from a command. Stable: they are told in the help.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command could not do its work: wrong arguments, no server, no token.</summary>
    public const int Problem = 1;

    /// <summary>The server said no, and why.</summary>
    public const int Refused = 2;

    /// <summary>The deployment is over and the tag is not live.</summary>
    public const int NotDeployed = 3;

    /// <summary>The deployment was not over in the time that was given.</summary>
    public const int TimeOver = 4;

    /// <summary>What shells expect of a program that was interrupted.</summary>
    public const int Interrupted = 130;
}
