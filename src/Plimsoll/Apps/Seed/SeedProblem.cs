namespace Plimsoll.Apps.Seed;

/// <summary>One mistake in a configuration file, or one thing in it that cannot be imported.</summary>
/// <param name="Key">The path to the value, for example <c>projects.shop.port</c>; empty where no key is meant.</param>
/// <param name="Sentence">What is wrong and what to write instead. It never repeats a secret.</param>
internal sealed record SeedProblem(string FileName, SeedMark At, string Key, string Sentence)
{
    /// <summary>The key under which the API tells the mistake.</summary>
    public string Field => Key.Length == 0 ? $"{At}" : $"{At} {Key}";

    public override string ToString() => $"{FileName}:{At}: {(Key.Length == 0 ? "" : Key + ": ")}{Sentence}";
}
