using Plimsoll.Tests.Architecture;

namespace Plimsoll.Tests.Docs;

/// <summary>A markdown page of the repository, and the tables in it. A table is found by the words of its first line.</summary>
internal sealed class Page
{
    private readonly string[] _lines;

    private Page(string path)
    {
        Path = path;
        _lines = File.ReadAllLines(System.IO.Path.Combine(Root, path));
    }

    public static string Root { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(StoryOrderTests.SourceFolder(), "..", ".."));

    public string Path { get; }

    public IReadOnlyList<string> Lines => _lines;

    /// <param name="path">From the repository's root: <c>docs/reasons.md</c>.</param>
    public static Page Read(string path) => new(path);

    /// <summary>The rows of every table that begins with these columns, cell by cell.</summary>
    public IReadOnlyList<string[]> Rows(params string[] columns)
    {
        var rows = new List<string[]>();
        for (var index = 0; index < _lines.Length; index++)
        {
            if (!_lines[index].StartsWith('|') || !Cells(_lines[index]).Take(columns.Length).SequenceEqual(columns))
            {
                continue;
            }

            // One line of dashes stands between the head and the rows.
            rows.AddRange(_lines.Skip(index + 2).TakeWhile(line => line.StartsWith('|')).Select(Cells));
        }

        rows.ShouldNotBeEmpty($"{Path} has no table that begins with the columns {string.Join(", ", columns)}");
        return rows;
    }

    /// <summary>What stands between the first pair of backticks; the cell itself if there is none.</summary>
    public static string Code(string cell) => cell.Split('`') is [_, var code, ..] ? code : cell;

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
