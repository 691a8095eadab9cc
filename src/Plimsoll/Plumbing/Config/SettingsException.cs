namespace Plimsoll.Plumbing.Config;

/// <summary>Settings that Plimsoll cannot start with, all of them named.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(
    "Plimsoll cannot start with these settings:" + string.Concat(problems.Select(problem => "\n  - " + problem)))
{
    public IReadOnlyList<string> Problems => problems;
}
