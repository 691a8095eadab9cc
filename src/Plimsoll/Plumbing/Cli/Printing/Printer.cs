using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>Prints what a command found, in the style the reader needs. What must not mix with it goes to standard error.</summary>
internal sealed class Printer
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Surroundings _surroundings;
    private readonly IAnsiConsole? _console;

    public Printer(Surroundings surroundings, bool plain, bool json)
    {
        _surroundings = surroundings;
        Style = json ? OutputStyle.Json : plain || !IsFitForColours(surroundings) ? OutputStyle.Plain : OutputStyle.Rich;
        _console = Style != OutputStyle.Rich ? null : AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(surroundings.Output),
        });
    }

    public OutputStyle Style { get; }

    /// <summary>A line for people; left out where JSON is wanted.</summary>
    public void Line(string text, Mood mood = Mood.Neutral)
    {
        if (_console is not null)
        {
            _console.Write(new Text(PrintableText.Line(text) + "\n", RichTable.Colour(mood)));
        }
        else if (Style == OutputStyle.Plain)
        {
            _surroundings.Output.WriteLine(PrintableText.Line(text));
        }
    }

    /// <summary>A line that is copied as a whole, such as a token: a narrow terminal must not break it.</summary>
    public void Verbatim(string text)
    {
        if (Style != OutputStyle.Json)
        {
            _surroundings.Output.WriteLine(PrintableText.Line(text));
        }
    }

    /// <summary>Something beside the result, such as a hint. Never in the way of a program that reads the output.</summary>
    public void Note(string text) => _surroundings.Error.WriteLine(PrintableText.Line(text));

    /// <summary>The data of an answer; left out where a person reads.</summary>
    public void Data(JsonElement data)
    {
        if (Style != OutputStyle.Json)
        {
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            data.WriteTo(writer);
        }

        _surroundings.Output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    public void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        if (_console is not null)
        {
            _console.Write(RichTable.Of(columns, rows, _console.Profile.Width));
            return;
        }

        foreach (var line in Style == OutputStyle.Plain ? PlainTable.Lines(columns, rows) : [])
        {
            _surroundings.Output.WriteLine(line);
        }
    }

    /// <summary>Runs work that takes a while. A terminal shows what it is at; elsewhere the lines that it prints must do.</summary>
    /// <param name="work">Is given the way to say what it is at.</param>
    public Task<T> WithProgressAsync<T>(string first, Func<Action<string>, Task<T>> work) => _console is null
        ? work(_ => { })
        : _console.Status().StartAsync(Shown(first), status => work(text => status.Status(Shown(text))));

    private static string Shown(string text) => Markup.Escape(PrintableText.Line(text));

    /// <summary>NO_COLOR counts when it is there and not empty (no-color.org).</summary>
    private static bool IsFitForColours(Surroundings surroundings) =>
        surroundings.IsTerminal && string.IsNullOrEmpty(surroundings.Variable("NO_COLOR")) && surroundings.Variable("TERM") != "dumb";
}
