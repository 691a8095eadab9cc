using System.CommandLine;
using System.Globalization;
using Plimsoll.Plumbing.Cli.Api;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll token list</c>: which tokens there are, never what they are.</summary>
internal static class TokenListCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("list", "Lists the tokens, without what opens the door: that is not stored.", "");
        var client = ClientOptions.AddTo(command, surroundings);
        command.SetAction((parsed, cancellationToken) => RunAsync(client, parsed, surroundings.Time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ClientOptions client, ParseResult parsed, TimeProvider time, CancellationToken cancellationToken)
    {
        var printer = client.Printer(parsed);
        using var api = client.Connect(parsed);
        var data = await api.GetAsync("api/auth/tokens", cancellationToken);
        printer.Data(data);
        printer.Table(["Id", "Name", "Role", "Made", "Expires"], [.. data.To(CliJson.Default.ListTokenEntry).Select(token => Row(token, time))]);
        return ExitCode.Done;
    }

    private static IReadOnlyList<Cell> Row(TokenEntry token, TimeProvider time) =>
    [
        token.Id.ToString(CultureInfo.InvariantCulture),
        token.Name,
        token.Role,
        Moments.Day(token.CreatedAt, time),
        token.ExpiresAt is { } expires ? ((Cell)Moments.Day(expires, time)).With(expires < time.GetUtcNow() ? Mood.Doubtful : Mood.Neutral) : "never",
    ];
}
