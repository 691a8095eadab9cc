using Spectre.Console;

namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>A table with a frame, as wide as the terminal allows.</summary>
internal static class RichTable
{
    private const int LeastForSentences = 16;

    public static Table Of(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Cell>> rows, int terminalWidth)
    {
        var table = new Table().Border(TableBorder.Rounded);
        var isRoomy = LeastWidth(columns, rows) <= terminalWidth;
        for (var index = 0; index < columns.Count; index++)
        {
            // An address that is broken in two can be neither clicked nor copied. But what does not fit at all must be broken.
            table.AddColumn(new TableColumn(new Text(columns[index], new Style(decoration: Decoration.Bold))) { NoWrap = isRoomy && index < columns.Count - 1 });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, Colour(cell.Mood))));
        }

        return table;
    }

    public static Style Colour(Mood mood) => mood switch
    {
        Mood.Neutral => Style.Plain,
        Mood.Good => new Style(Color.Green),
        Mood.Doubtful => new Style(Color.Yellow),
        Mood.Bad => new Style(Color.Red),
        _ => throw new ArgumentOutOfRangeException(nameof(mood), mood, "There is no such mood."),
    };

    /// <summary>With every column but the last, which is the one for sentences, in full.</summary>
    private static int LeastWidth(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        const int Frame = 3;
        var whole = columns.SkipLast(1).Select((column, index) => Math.Max(column.Length, rows.Select(row => row[index].Text.Length).DefaultIfEmpty().Max()) + Frame).Sum();
        return whole + LeastForSentences + Frame + 1;
    }
}
