using System.Text;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class LineReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_end_with_either_line_end_and_empty_ones_are_left_out() =>
        (await ReadAsync("a\r\n\r\nb\n\nlast", 100)).ShouldBe(["a", "b", "last"]);

    [Fact]
    public async Task A_line_larger_than_the_buffer_is_read_whole() =>
        (await ReadAsync(new string('a', 50_000) + "\nb\n", 60_000)).Select(line => line.Length).ShouldBe([50_000, 1]);

    [Fact]
    public async Task A_line_without_end_is_an_error_before_it_fills_the_memory() =>
        await Should.ThrowAsync<InvalidDataException>(ReadAsync(new string('a', 50_000), 20_000));

    private static async Task<List<string>> ReadAsync(string text, int longest)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), longest);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token) is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
