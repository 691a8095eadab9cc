using System.Buffers.Binary;
using System.Text;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class LogReaderTests
{
    private const string Time = "2026-11-21T03:00:53.380505190Z ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_streams_come_apart_in_their_order()
    {
        var lines = await ReadAsync([.. Message(1, "out 1\n"), .. Message(2, "err 1\n"), .. Message(1, "out 2\n")]);

        lines.ShouldBe([new(LogStream.Output, "out 1", null), new(LogStream.Error, "err 1", null), new(LogStream.Output, "out 2", null)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task It_does_not_matter_how_the_network_cuts_the_bytes(int size)
    {
        byte[] bytes = [.. Message(1, Time + "héllo wörld\n"), .. Message(2, Time + "\n"), .. Message(1, Time + "end\n")];

        var lines = await ReadAsync(bytes, new LogRequest(Timestamps: true), size);

        lines.Select(line => line.Text).ShouldBe(["héllo wörld", "", "end"]);
        lines.ShouldAllBe(line => line.At == new DateTimeOffset(2026, 11, 21, 3, 0, 53, TimeSpan.Zero).AddTicks(3805052));
    }

    [Fact]
    public async Task A_line_of_several_messages_is_one_line_without_the_times_between()
    {
        var piece = new string('x', 16 * 1024);

        var lines = await ReadAsync([.. Message(1, Time + piece), .. Message(1, Time + piece), .. Message(1, Time + "end\n")], new LogRequest(Timestamps: true));

        lines.Single().Text.ShouldBe(piece + piece + "end");
    }

    [Fact]
    public async Task What_a_program_left_without_a_line_end_is_a_line()
    {
        var lines = await ReadAsync([.. Message(1, "killed here"), .. Message(1, "started again\n")]);

        lines.Select(line => line.Text).ShouldBe(["killed here", "started again"]);
    }

    [Fact]
    public async Task A_very_long_line_comes_in_pieces_that_cut_no_character()
    {
        var lines = await ReadAsync(Message(1, "aaaaaaaaaaaaaaaé" + new string('b', 20) + "\n"), new LogRequest { LongestLine = 16 });

        string.Concat(lines.Select(line => line.Text)).ShouldBe("aaaaaaaaaaaaaaaé" + new string('b', 20));
        lines.Select(line => line.Continues).ShouldBe([true, true, false]);
        lines[0].Text.ShouldBe("aaaaaaaaaaaaaaa");
    }

    [Fact]
    public async Task A_terminals_bytes_are_lines_of_output()
    {
        var lines = await ReadAsync(Encoding.UTF8.GetBytes("one\r\n\r\ntwo"), isTerminal: true);

        lines.Select(line => line.Text).ShouldBe(["one", "", "two"]);
        lines.ShouldAllBe(line => line.Stream == LogStream.Output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task A_terminals_times_are_read_however_the_bytes_are_cut(int size)
    {
        var lines = await ReadAsync(Encoding.UTF8.GetBytes($"{Time}one\r\n{Time}two words\r\n"), new LogRequest(Timestamps: true), size, isTerminal: true);

        lines.Select(line => line.Text).ShouldBe(["one", "two words"]);
        lines.ShouldAllBe(line => line.At != null);
    }

    [Fact]
    public async Task The_engines_own_complaint_in_the_stream_is_an_error() =>
        (await Should.ThrowAsync<InvalidDataException>(ReadAsync(Message(3, "error from daemon in stream: log file is gone\n"))))
            .Message.ShouldBe("error from daemon in stream: log file is gone");

    [Theory]
    [InlineData(new byte[] { 1, 0, 0 })]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 1, 65 })]
    public async Task Bytes_that_are_no_messages_are_an_error(byte[] bytes) =>
        await Should.ThrowAsync<InvalidDataException>(ReadAsync(bytes));

    [Fact]
    public async Task A_message_cut_short_is_an_error() =>
        await Should.ThrowAsync<EndOfStreamException>(ReadAsync([1, 0, 0, 0, 255, 255, 255, 255, 65]));

    private static byte[] Message(byte stream, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var head = new byte[8];
        head[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), content.Length);
        return [.. head, .. content];
    }

    private static async Task<List<LogLine>> ReadAsync(byte[] bytes, LogRequest? request = null, int size = int.MaxValue, bool isTerminal = false)
    {
        await using var stream = new SmallReads(bytes, size);
        var reader = new LogReader(stream, request ?? new LogRequest());
        var lines = new List<LogLine>();
        await foreach (var line in isTerminal ? reader.ReadPlainAsync(Token) : reader.ReadMultiplexedAsync(Token))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Hands out a few bytes at a time, as a network may.</summary>
    private sealed class SmallReads(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }
}
