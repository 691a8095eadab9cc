using System.CommandLine;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll token</c>: keys for programs that call the API.</summary>
internal static class TokenCommand
{
    public static Command Create(Surroundings surroundings) => new("token", "Makes, lists and removes tokens, with which programs sign in.")
    {
        TokenCreateCommand.Create(surroundings),
        TokenListCommand.Create(surroundings),
        TokenRemoveCommand.Create(surroundings),
    };
}
