using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plimsoll.Apps.Seed;

/// <summary>
/// Reads YAML from the parser's events into a small tree. The library's own tree would stop at the first key that is
/// there twice, and would follow any depth; this one goes on, and is bounded in depth and in what aliases multiply.
/// </summary>
internal sealed class SeedReader(SeedProblems problems)
{
    private const int Deepest = 20;
    private const int MostValues = 50_000;
    private const int LongestKey = 128;

    private readonly Dictionary<AnchorName, SeedNode> _anchors = [];
    private long _size;

    /// <summary>The file's one document, or null when it cannot be read; the reason is then among the problems.</summary>
    public SeedNode? Read(string text)
    {
        try
        {
            var parser = new GuardedParser(text);
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                problems.Add(SeedMark.Start, "", "The file is empty.");
                return null;
            }

            var root = ReadNode(parser, "", 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                problems.Add(Place(second.Start), "", "A second document begins here: a configuration is one document, without '---' in between.");
            }

            return root;
        }
        catch (YamlException problem)
        {
            problems.Add(TabIn(text, problem) ?? Place(problem.Start), "", $"This is not YAML that can be read: {problem.Message.TrimEnd('.')}.");
            return null;
        }
    }

    private SeedNode ReadNode(GuardedParser parser, string path, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            var target = _anchors.TryGetValue(alias.Value, out var known)
                ? known
                : throw new YamlException(alias.Start, alias.End, $"The alias *{alias.Value} has no anchor &{alias.Value} before it.");
            Count(target.Size, alias);
            return target;
        }

        var start = parser.Consume<NodeEvent>();
        Count(1, start);
        if (depth > Deepest)
        {
            throw new YamlException(start.Start, start.End, $"The file is nested too deeply: at most {Deepest} levels.");
        }

        RefuseTag(start, path);
        SeedNode node = start switch
        {
            Scalar scalar => new SeedText(Place(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => ReadList(parser, start, path, depth),
            MappingStart => ReadMapping(parser, start, path, depth),
            _ => throw new YamlException(start.Start, start.End, "This cannot be read as a value."),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private SeedList ReadList(GuardedParser parser, NodeEvent start, string path, int depth)
    {
        long size = 1;
        var items = new List<SeedNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var item = ReadNode(parser, $"{path}[{items.Count}]", depth + 1);
            size += item.Size;
            items.Add(item);
        }

        return new SeedList(Place(start.Start), items, size);
    }

    private SeedMapping ReadMapping(GuardedParser parser, NodeEvent start, string path, int depth)
    {
        var entries = new List<SeedEntry>();
        var known = new Dictionary<string, SeedMark>(StringComparer.Ordinal);
        long size = 1;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, path, depth + 1);
            var name = (key as SeedText)?.Text;
            var place = name is null || name.Length > LongestKey ? path : SeedPath.Join(path, name);
            var value = ReadNode(parser, place, depth + 1);
            size += key.Size + value.Size;
            if (name is null || name.Length > LongestKey)
            {
                problems.Add(key.At, path, name is null ? $"A key must be plain text, not {key.Kind}." : $"A key has at most {LongestKey} characters.");
            }
            else if (known.TryGetValue(name, out var first))
            {
                problems.Add(key.At, place, $"This key is there twice; the first one is in line {first.Line}.");
            }
            else
            {
                known.Add(name, key.At);
                entries.Add(new SeedEntry(name, key.At, value));
            }
        }

        return new SeedMapping(Place(start.Start), entries, size);
    }

    /// <summary>Aliases of aliases grow without bound in a small file; the sum is what reading the file would cost.</summary>
    private void Count(long values, ParsingEvent at)
    {
        _size += values;
        if (_size > MostValues)
        {
            throw new YamlException(at.Start, at.End, $"The file holds too much: at most {MostValues} values, those behind an alias counted each time.");
        }
    }

    private void RefuseTag(NodeEvent node, string path)
    {
        // "!" is what the parser gives to quoted text.
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && !node.Tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
        {
            problems.Add(Place(node.Start), path, $"The tag {SeedPath.Excerpt(node.Tag.Value)} means nothing here: write the value itself.");
        }
    }

    private static SeedMark Place(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    /// <summary>The commonest mistake has the vaguest place: the first tab that indents a line is where it is.</summary>
    private static SeedMark? TabIn(string text, YamlException problem)
    {
        if (!problem.Message.Contains("tab", StringComparison.Ordinal))
        {
            return null;
        }

        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var indentation = line[..(line.Length - line.TrimStart().Length)];
            if (indentation.IndexOf('\t') is >= 0 and var column)
            {
                return new SeedMark(number, column + 1);
            }
        }

        return null;
    }
}
