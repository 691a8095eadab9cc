namespace Plimsoll.Candidates.Schedules;

/// <summary>What came of one part of a job.</summary>
/// <param name="Subject">What was looked at, in the plural: "images".</param>
/// <param name="Found">How many of them led to something.</param>
/// <param name="Problems">How many could not be looked at.</param>
/// <param name="FirstProblem">The sentence about one of them.</param>
internal sealed record JobReport(string Subject, int Looked, int Found, string FoundWord, int Problems, string? FirstProblem)
{
    public override string ToString() => string.Concat(
        $"{Looked} {Subject}, {Found} {FoundWord}",
        Problems == 0 ? "" : $", {Problems} with trouble ({FirstProblem})");
}
