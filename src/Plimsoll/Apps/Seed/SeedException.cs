namespace Plimsoll.Apps.Seed;

/// <summary>A configuration file that cannot be imported, with all its mistakes. Nothing of it was.</summary>
internal sealed class SeedException(IReadOnlyList<SeedProblem> problems) : Exception(
    "The configuration cannot be imported, and nothing of it was:" + string.Concat(problems.Select(problem => "\n  " + problem)))
{
    public IReadOnlyList<SeedProblem> Problems => problems;
}
