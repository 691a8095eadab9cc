namespace Plimsoll.Deployments;

/// <summary>What was left to see of a candidate when it was given up. Values of its environment are hidden in all of it.</summary>
/// <param name="ExitCode">Null: it still ran, or never did.</param>
/// <param name="OutOfMemory">The kernel killed it, or a process of it, for using more memory than it may.</param>
/// <param name="LastProbe">What it answered last when it was asked; null: it was not asked, or has not answered in a way worth telling.</param>
/// <param name="Log">The last lines of its log, oldest first.</param>
internal sealed record CandidateFailure(int? ExitCode, bool OutOfMemory, string? LastProbe, IReadOnlyList<string> Log)
{
    /// <summary>There was no container, or nobody could look at it.</summary>
    public static readonly CandidateFailure Unseen = new(null, false, null, []);

    public string? WhatToDo { get; init; }
}
