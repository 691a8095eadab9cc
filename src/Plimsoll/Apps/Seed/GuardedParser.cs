using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plimsoll.Apps.Seed;

/// <summary>
/// The YAML parser, with one promise more: text that cannot be read is always a <see cref="YamlException"/> with a place.
/// The library's scanner answers some broken texts with exceptions that are meant for its own mistakes.
/// </summary>
internal sealed class GuardedParser : IParser
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;

    public GuardedParser(string text)
    {
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
    }

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception problem) when (problem is not YamlException)
        {
            var at = _scanner.CurrentPosition;
            throw new YamlException(at, at, "Something here does not fit what stands before it", problem);
        }
    }
}
