namespace Plimsoll.EngineTests.Support;

/// <summary>The last lines that a process wrote, both streams in the order in which they arrived.</summary>
public sealed class BoundedOutput(int limit = 2000)
{
    private const int LongestLine = 4000;
    private readonly Queue<string> lines = new();
    private readonly Lock gate = new();

    public string Text
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', lines);
            }
        }
    }

    public string LastLines(int count)
    {
        lock (gate)
        {
            return string.Join('\n', lines.Skip(Math.Max(0, lines.Count - count)));
        }
    }

    internal void Add(string line)
    {
        lock (gate)
        {
            lines.Enqueue(line.Length > LongestLine ? line[..LongestLine] : line);
            if (lines.Count > limit)
            {
                lines.Dequeue();
            }
        }
    }
}
