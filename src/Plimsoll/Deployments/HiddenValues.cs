using Plimsoll.Deployments.Readiness;

namespace Plimsoll.Deployments;

/// <summary>
/// Takes the values of a container's environment out of what the container says. They often are passwords, programs like to
/// print them when they fail, and what they say is kept and shown to everybody who may look (invariant 8). Pure.
/// </summary>
internal sealed class HiddenValues(IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Shorter ones, such as "true" or "8080", are found in any text and would make it unreadable.</summary>
    public const int Shortest = 6;

    // The longest first: a password may be part of an address that is a value as well.
    private readonly KeyValuePair<string, string>[] _values = [.. environment
        .Where(variable => variable.Value.Length >= Shortest)
        .OrderByDescending(variable => variable.Value.Length)];

    public string In(string text)
    {
        foreach (var (name, value) in _values)
        {
            text = text.Replace(value, $"[{name}]", StringComparison.Ordinal);
        }

        return text;
    }

    public ReadinessFinding In(ReadinessFinding finding) => finding switch
    {
        ReadinessFinding.NotYet notYet => new ReadinessFinding.NotYet(In(notYet.Why)),
        ReadinessFinding.Broken broken => new ReadinessFinding.Broken(broken.Code, In(broken.Sentence)),
        _ => finding,
    };
}
