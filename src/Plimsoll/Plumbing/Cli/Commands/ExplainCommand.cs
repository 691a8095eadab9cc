using System.CommandLine;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll explain</c>: why an image was or was not deployed.</summary>
internal sealed class ExplainCommand
{
    private const string Details =
        """
        Tells of each stage and tag the newest decision, with every rule that was looked at, the one that decided, and what would change it.

        Examples:
          plimsoll explain ghcr.io/acme/shop:v1
          plimsoll explain shop/prod
          plimsoll explain shop
          plimsoll explain web-1
        """;

    private const int NotFound = 40400;

    private readonly Argument<string> _what = new("what") { HelpName = "image[:tag]|project[/stage]|container", Description = "An image, with or without its tag, a project, with or without its stage, or the name of a container." };
    private readonly Surroundings _surroundings;
    private readonly ClientOptions _client;

    private ExplainCommand(Surroundings surroundings, DescribedCommand command)
    {
        _surroundings = surroundings;
        command.Arguments.Add(_what);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("explain", "Tells why an image was or was not deployed.", Details);
        _ = new ExplainCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var what = parsed.GetRequiredValue(_what);
        var printer = _client.Printer(parsed);
        using var api = _client.Connect(parsed);
        var query = await PlaceAsync(what, api, cancellationToken) ?? $"image={Uri.EscapeDataString(what)}";
        var data = await api.GetAsync($"api/decisions/explain?{query}", cancellationToken);
        printer.Data(data);
        ExplanationText.Print(data.To(CliJson.Default.Explained), printer, _surroundings.Time);
        return ExitCode.Done;
    }

    /// <summary>"shop/prod" can be both: it is a stage if there is one of that name, and an image otherwise. "web" is a project, or else a container, or else an image.</summary>
    private static async Task<string?> PlaceAsync(string what, ApiClient api, CancellationToken cancellationToken)
    {
        var parts = what.Split('/');
        if (parts.Length > 2 || what.AsSpan().ContainsAny(":@.") || parts.Any(part => part.Length == 0))
        {
            return null;
        }

        try
        {
            var project = (await api.GetAsync($"api/projects/{ApiClient.Part(parts[0])}", cancellationToken)).To(CliJson.Default.ProjectStatus);
            return parts is [_, var stage] && project.Stages?.Any(one => one.Name == stage) != true
                ? null
                : $"project={Uri.EscapeDataString(parts[0])}{(parts is [_, var name] ? $"&stage={Uri.EscapeDataString(name)}" : "")}";
        }
        catch (RefusedException refused) when (refused.Code == NotFound)
        {
            return parts is [var container] && await IsContainerAsync(container, api, cancellationToken) ? $"container={Uri.EscapeDataString(container)}" : null;
        }
    }

    private static async Task<bool> IsContainerAsync(string name, ApiClient api, CancellationToken cancellationToken)
    {
        try
        {
            // By its whole name: an image may be called like the beginning of an id.
            return (await api.GetAsync($"api/containers/{ApiClient.Part(name)}", cancellationToken)).To(CliJson.Default.NamedThing).Name == name;
        }
        catch (RefusedException)
        {
            return false;
        }
    }
}
