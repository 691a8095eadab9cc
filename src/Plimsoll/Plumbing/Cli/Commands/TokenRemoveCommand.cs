using System.CommandLine;
using System.Globalization;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll token remove</c>: from then on the token opens nothing.</summary>
internal sealed class TokenRemoveCommand
{
    private readonly Argument<long> _id = new("id") { Description = "The token's number, from 'plimsoll token list'." };
    private readonly ClientOptions _client;

    private TokenRemoveCommand(Surroundings surroundings, DescribedCommand command)
    {
        command.Arguments.Add(_id);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("remove", "Removes a token; programs that use it are signed out at once.", "");
        _ = new TokenRemoveCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var printer = _client.Printer(parsed);
        using var api = _client.Connect(parsed);
        var id = parsed.GetValue(_id).ToString(CultureInfo.InvariantCulture);
        printer.Data(await api.DeleteAsync($"api/auth/tokens/{id}", cancellationToken));
        printer.Line($"Token {id} is removed.");
        return ExitCode.Done;
    }
}
