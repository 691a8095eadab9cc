using System.CommandLine;
using Plimsoll.Plumbing.Cli.Api;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll token create</c>: the only moment at which a token can be seen.</summary>
internal sealed class TokenCreateCommand
{
    private const int MostDays = 3650;

    private const string Details =
        """
        It cannot be shown again: only its hash is stored. What else there is to say goes to standard error, so that
        TOKEN=$(plimsoll token create …) works.
        """;

    private readonly Option<string> _name = new("--name") { HelpName = "name", Required = true, Description = "What the token is for, for example 'ci of shop'." };
    private readonly Option<string> _role = new Option<string>("--role") { HelpName = "role", Required = true, Description = "viewer reads, operator deploys, admin changes everything." }
        .AcceptOnlyFromAmong("viewer", "operator", "admin");
    private readonly Option<int?> _days = new("--days") { HelpName = "days", Description = "After how many days it expires. Without it, it does not." };

    private readonly TimeProvider _time;
    private readonly ClientOptions _client;

    private TokenCreateCommand(Surroundings surroundings, DescribedCommand command)
    {
        _time = surroundings.Time;
        command.Options.Add(_name);
        command.Options.Add(_role);
        command.Options.Add(_days);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("create", "Makes a token and prints it, once.", Details);
        _ = new TokenCreateCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var order = new TokenOrder(parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_role), ExpiresAt(parsed.GetValue(_days)));
        var printer = _client.Printer(parsed);
        using var api = _client.Connect(parsed);
        var data = await api.PostAsync("api/auth/tokens", order, CliJson.Default.TokenOrder, cancellationToken);
        var token = data.To(CliJson.Default.NewToken);
        printer.Data(data);
        var end = token.ExpiresAt is { } expires ? $"expires {Moments.Day(expires, _time)}" : "does not expire";
        printer.Note($"Token {token.Id} ({token.Name}, {token.Role}) {end}. Keep it now: it cannot be shown again.");
        printer.Verbatim(token.Token ?? "");
        return ExitCode.Done;
    }

    private DateTimeOffset? ExpiresAt(int? days) => days switch
    {
        null => null,
        >= 1 and <= MostDays => _time.GetUtcNow().AddDays(days.Value),
        _ => throw new CommandFailedException(ExitCode.Problem, $"--days takes a number from 1 to {MostDays}. Leave it out for a token that does not expire."),
    };
}
