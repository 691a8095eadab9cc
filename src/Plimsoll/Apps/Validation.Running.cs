using Plimsoll.Apps.Policies;

namespace Plimsoll.Apps;

/// <summary>The checks of how containers prove themselves, what they may use, and how long they may take to stop.</summary>
internal static partial class Validation
{
    private const int LongestStart = 3_600;
    private const int LongestInterval = 300;
    private const int LongestTimeout = 60;
    private const int LongestHealthDeadline = 3_600;
    private const int LongestStop = 600;
    private const int MostSuccesses = 100;

    // The engine refuses less: a container could not even start.
    private const int LeastMemory = 6;
    private const int MostMemory = 16 * 1024 * 1024;
    private const decimal LeastCpus = 0.01m;
    private const decimal MostCpus = 1_024;

    private static void Check(HealthProof proof, Dictionary<string, string> errors)
    {
        Range(errors, "health.startSeconds", proof.StartSeconds ?? 0, 0, LongestStart);
        Range(errors, "health.intervalSeconds", proof.IntervalSeconds ?? 1, 1, LongestInterval);
        Range(errors, "health.timeoutSeconds", proof.TimeoutSeconds, 1, LongestTimeout);
        Range(errors, "health.successes", proof.Successes, 1, MostSuccesses, "successes");
        Range(errors, "health.deadlineSeconds", proof.DeadlineSeconds ?? 1, 1, LongestHealthDeadline);
        Add(errors, "health.status", StatusRanges.Problem(proof.Status));
        var needed = (proof.Successes - 1L) * (proof.IntervalSeconds ?? 1);
        if (proof.DeadlineSeconds is { } deadline && needed >= deadline && !errors.Keys.Any(field => field.StartsWith("health.", StringComparison.Ordinal)))
        {
            errors["health.deadlineSeconds"] = $"{proof.Successes} successes take at least {needed} seconds: give it more than that.";
        }
    }

    private static void Check(Policy policy, Dictionary<string, string> errors)
    {
        foreach (var (field, problem) in PolicyRules.Of(policy).Problems)
        {
            errors[$"policy.{field}"] = problem;
        }
    }

    private static void CheckLimits(Stage stage, Dictionary<string, string> errors)
    {
        if (stage.MemoryLimit is not 0 and (< LeastMemory or > MostMemory))
        {
            errors["memoryLimit"] = $"{stage.MemoryLimit} does not fit: use {LeastMemory} to {MostMemory} megabytes, or 0 for no limit.";
        }

        if (stage.CpuLimit is not 0 and (< LeastCpus or > MostCpus))
        {
            errors["cpuLimit"] = $"{stage.CpuLimit} does not fit: use {LeastCpus} to {MostCpus} processors, or 0 for no limit.";
        }

        if (stage.StopSeconds is < 0 or > LongestStop)
        {
            errors["stopSeconds"] = $"{stage.StopSeconds} does not fit: use 1 to {LongestStop} seconds, or 0 for what the settings say.";
        }
    }
}
