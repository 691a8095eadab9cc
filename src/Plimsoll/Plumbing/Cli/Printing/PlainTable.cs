namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>A table as lines of aligned columns, never cut and never wrapped.</summary>
internal static class PlainTable
{
    private const string Gap = "   ";

    public static IEnumerable<string> Lines(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        var lines = rows.Select(row => row.Select(cell => cell.Text).ToList())
            .Prepend([.. columns.Select(column => column.ToUpperInvariant())])
            .ToList();
        var widths = columns.Select((_, index) => lines.Max(line => line[index].Length)).ToList();
        return lines.Select(line => string.Join(Gap, line.Select((text, index) => text.PadRight(widths[index]))).TrimEnd());
    }
}
