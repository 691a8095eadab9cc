using System.Globalization;
using Plimsoll.Deployments.Readiness;

namespace Plimsoll.Deployments;

/// <summary>Tells a person who was woken up what went wrong with a candidate, and what to do. Pure.</summary>
internal static class FailureStory
{
    private const int QuotedLines = 3;
    private const int LongestQuote = 600;

    /// <summary>The reason with what else is known, none of it twice.</summary>
    public static string Tell(string sentence, CandidateFailure failure)
    {
        var story = sentence;
        if (failure.OutOfMemory && !sentence.Contains("memory", StringComparison.Ordinal))
        {
            story += " A process of it was killed because it used more memory than it may.";
        }

        if (failure.ExitCode is { } code && !sentence.Contains("exit code", StringComparison.Ordinal))
        {
            story += $" It had ended with exit code {ExitCode.Told(code)}.";
        }

        if (failure.LastProbe is { } probe && !sentence.Contains(Said(probe), StringComparison.Ordinal))
        {
            story += $" The last time it was asked: {probe}.";
        }

        var lines = failure.Log.Where(line => line.Length > 0 && !sentence.Contains(line, StringComparison.Ordinal)).TakeLast(QuotedLines).ToList();
        return lines.Count == 0 ? story : $"{story} Its last words: {Cut(string.Join(" | ", lines))}";
    }

    /// <param name="memoryLimit">In megabytes; 0: none.</param>
    public static string? WhatToDo(string reasonCode, CandidateFailure failure, int memoryLimit) => reasonCode switch
    {
        _ when !DeploymentReason.ProvesImageBad(reasonCode) => null,
        _ when failure.OutOfMemory => memoryLimit == 0
            ? "The machine itself ran out of memory: free some, or give the stage a memoryLimit that shows who takes it. Then lift the block and deploy again."
            : $"Raise the stage's memoryLimit, which is {memoryLimit.ToString(CultureInfo.InvariantCulture)} megabytes, lift the block and deploy again; or push an image that needs less.",
        DeploymentReason.HealthDeadline => "If it is only slow, raise startSeconds or deadlineSeconds of the project's health, lift the block and deploy again. If the answer is as it should be, mend healthcheck or health.status.",
        DeploymentReason.Unhealthy => "Mend what its own health check complains about, or the check itself, and push the image again.",
        DeploymentReason.StartFailed => "The engine's own words are in the reason. Push a repaired image.",
        _ when failure.ExitCode is ExitCode.NotFound or ExitCode.NotExecutable => "Its command names a program that the image does not have or may not run: push a repaired image.",
        _ when failure.Log.Count > 0 => "Its last log lines say why it ended. Push a repaired image; if a variable or a service was missing, add it, lift the block and deploy again.",
        _ => "It wrote nothing to its log. Run the image by hand to see what it misses, then push a repaired one.",
    };

    /// <summary>"its own health check said: no database" and the reason have the words after the colon in common.</summary>
    private static string Said(string probe) => probe.Split(": ", 2)[^1];

    private static string Cut(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
}
