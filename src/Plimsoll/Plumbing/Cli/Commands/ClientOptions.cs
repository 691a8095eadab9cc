using System.CommandLine;
using Plimsoll.Plumbing.Cli.Api;
using Plimsoll.Plumbing.Cli.Printing;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>The options of every command that talks to a server.</summary>
internal sealed class ClientOptions
{
    private readonly Surroundings _surroundings;

    private readonly Option<string?> _url = new("--url")
    {
        HelpName = "address",
        Description = $"The server's address. Without it: {ServerAddress.Variable}, else {EnvironmentSettings.Listen}, else {EnvironmentSettings.DefaultListen}.",
    };

    private ClientOptions(Surroundings surroundings)
    {
        _surroundings = surroundings;
        Style = new StyleOptions(surroundings, "Print the data of the server's answer as JSON.");
    }

    private StyleOptions Style { get; }

    /// <summary>Adds the options to a command and says in its help how it signs in.</summary>
    public static ClientOptions AddTo(DescribedCommand command, Surroundings surroundings)
    {
        var options = new ClientOptions(surroundings);
        command.Options.Add(options._url);
        options.Style.AddTo(command);
        command.Details += (command.Details.Length > 0 ? "\n\n" : "") +
            $"""
            Signs in with the token in {ApiToken.Variable}, in the file that {ApiToken.FileVariable} names, or, on the server's own
            machine, in cli.token in the data folder, which the server makes.
            """;
        return options;
    }

    public Printer Printer(ParseResult parsed) => Style.Printer(parsed);

    /// <exception cref="CommandFailedException">The address or the token cannot be used.</exception>
    public ApiClient Connect(ParseResult parsed)
    {
        var server = ServerAddress.Find(parsed.GetValue(_url), _surroundings.Variable);
        return new ApiClient(server, ApiToken.Find(server, _surroundings.Variable), _surroundings.Time);
    }
}
