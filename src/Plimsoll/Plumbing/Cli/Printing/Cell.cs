namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>One field of a table. An empty one is shown as a dash, so that a line keeps its number of columns.</summary>
internal readonly record struct Cell(string Text, Mood Mood = Mood.Neutral)
{
    public static implicit operator Cell(string? text) => new(string.IsNullOrWhiteSpace(text) ? "-" : PrintableText.Line(text));

    public Cell With(Mood mood) => this with { Mood = mood };
}
