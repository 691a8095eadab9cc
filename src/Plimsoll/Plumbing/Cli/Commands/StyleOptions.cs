using System.CommandLine;
using Plimsoll.Plumbing.Cli.Printing;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>How a command prints.</summary>
internal sealed class StyleOptions(Surroundings surroundings, string jsonDescription)
{
    private readonly Option<bool> _plain = new("--plain")
    {
        Description = "Print lines without colours and frames, as is done when the output goes into a file or NO_COLOR is set.",
    };

    private readonly Option<bool> _json = new("--json") { Description = jsonDescription };

    public void AddTo(Command command)
    {
        command.Options.Add(_plain);
        command.Options.Add(_json);
    }

    public Printer Printer(ParseResult parsed) => new(surroundings, parsed.GetValue(_plain), parsed.GetValue(_json));
}
